package cli

// importVerb is being built.
type importVerb struct{}

// Run does nothing yet.
func (v *importVerb) Run(*session) error { return nil }
