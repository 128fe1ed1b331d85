package isms

import "github.com/stele-isms/stele/internal/kind"

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
