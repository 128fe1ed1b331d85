package isms

import (
	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

// Person is somebody who holds roles. Its key says nothing about who it is, since keys stay for ever.
type Person struct {
	Name     string    `json:"name" kind:"name,personal"`
	Email    string    `json:"email" kind:"personal,search"`
	JobTitle string    `json:"job_title" kind:"search" words:"position,funktion"`
	Since    kind.Date `json:"since" kind:"personal"`
	Until    kind.Date `json:"until" kind:"personal"`
}

// Persons is the kind of people (ISO/IEC 27001:2022, 7.2).
var Persons = kind.Define("person", kind.Spec[Person]{
	Title: "Person", Plural: "Persons", Prefix: "PER",
	Check: func(p *Person, errs *fault.Collector) { notBefore(errs, "until", p.Until, p.Since) },
})
