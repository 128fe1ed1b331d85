package isms

import "github.com/stele-isms/stele/internal/kind"

// Person is somebody who holds roles. Its key says nothing about who it is, since keys stay for ever.
type Person struct {
	Name     string    `json:"name" kind:"name,personal"`
	Email    string    `json:"email" kind:"personal,search"`
	JobTitle string    `json:"job_title" kind:"search" words:"position,funktion"`
	Since    kind.Date `json:"since" kind:"personal"`
	Until    kind.Date `json:"until" kind:"personal"`
}

// Persons is the kind of people (ISO/IEC 27001:2022, 7.2).
var Persons = kind.Define("person", kind.Spec[Person]{Title: "Person", Plural: "Persons", Prefix: "PER"})

// Role is a responsibility that persons hold. Records are owned by roles, so that a leaver is one change.
type Role struct {
	Title            string             `json:"title" kind:"name" words:"role,rolle"`
	Holders          []kind.Ref[Person] `json:"holders"`
	Deputies         []kind.Ref[Person] `json:"deputies"`
	Responsibilities string             `json:"responsibilities" kind:"text,search" words:"aufgaben"`
	ReportsTo        kind.Ref[Role]     `json:"reports_to" kind:"acyclic"`
}

// Roles is the kind of roles (ISO/IEC 27001:2022, 5.3).
var Roles = kind.Define("role", kind.Spec[Role]{Title: "Role", Plural: "Roles", Prefix: "ROLE", Nameable: true})

// Holds reports whether a person holds the role, in person or as a deputy.
func (r Role) Holds(person string) bool {
	for _, list := range [][]kind.Ref[Person]{r.Holders, r.Deputies} {
		for _, p := range list {
			if string(p) == person {
				return true
			}
		}
	}
	return false
}
