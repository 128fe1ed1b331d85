package isms

import (
	"time"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/standard"
)

// Organisation is the organisation whose management system this is. There is exactly one, made by init.
type Organisation struct {
	Name        string           `json:"name" kind:"name"`
	Edition     Edition          `json:"edition" kind:"required" help:"The edition of ISO/IEC 27001 that the controls are declared against."`
	Sector      string           `json:"sector" kind:"search"`
	Employees   *int             `json:"employees"`
	Address     string           `json:"address" kind:"text"`
	Description string           `json:"description" kind:"text,search" help:"What the organisation does, for whom, and with what."`
	TimeZone    string           `json:"time_zone" help:"As in Europe/Berlin; decides which day is today."`
	Method      kind.Ref[Method] `json:"method" help:"The version of the risk method that new assessments use."`
	Contact     kind.Ref[Role]   `json:"contact" help:"The role that answers for the management system."`
}

// Edition is an edition of ISO/IEC 27001 and 27002.
type Edition string

// Values lists the editions.
func (Edition) Values() []kind.Value {
	return []kind.Value{{Name: "2022", Title: "ISO/IEC 27001:2022"}, {Name: "2013", Title: "ISO/IEC 27001:2013"}}
}

// Standard gives the edition as the catalogue knows it.
func (e Edition) Standard() standard.Edition { return standard.Edition(e) }

// OrganisationKey is the key of the one organisation record.
const OrganisationKey = "ORG-0001"

// Organisations is the kind of the organisation (ISO/IEC 27001:2022, clause 4).
var Organisations = kind.Define("organisation", kind.Spec[Organisation]{
	Title: "Organisation", Plural: "Organisations", KeyPattern: "ORG-0001",
	Check: func(o *Organisation, errs *fault.Collector) {
		notNegative(errs, "employees", o.Employees)
		if _, err := time.LoadLocation(o.TimeZone); err != nil || o.TimeZone == "Local" { // Local is another place on every machine
			errs.Addf("time_zone", "%q is not a time zone; write it as Europe/Berlin", o.TimeZone)
		}
	},
	Guard: func(old, updated kind.Entry[Organisation]) error {
		if old.Data.Edition != updated.Data.Edition {
			return fault.Invalidf("edition", "the edition is fixed when the organisation is made; start another with stele init --edition")
		}
		return nil
	},
})
