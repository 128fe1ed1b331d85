package isms

import "github.com/stele-isms/stele/internal/kind"

// Grade is a coarse weight, from low to critical.
type Grade string

// Values lists the grades, the lowest first.
func (Grade) Values() []kind.Value {
	return []kind.Value{
		{Name: "low", Title: "Low", Also: []string{"niedrig", "gering"}},
		{Name: "medium", Title: "Medium", Also: []string{"moderate", "normal", "mittel"}},
		{Name: "high", Title: "High", Also: []string{"hoch"}},
		{Name: "critical", Title: "Critical", Also: []string{"very high", "kritisch", "sehr hoch"}},
	}
}
