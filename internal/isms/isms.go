// Package isms holds the kinds of an information security management system, with their lifecycles and
// actions, the selection of controls and the rules of a Statement of Applicability. It does no I/O.
//
// Each kind is one file. A new kind is a new file, a line in Kinds and the migration drafted for it.
package isms

import "github.com/stele-isms/stele/internal/kind"

// Kinds is every kind of the product, in the order in which files are written and people read them.
var Kinds = kind.NewSet(
	Organisations.Schema, Issues.Schema, Parties.Schema, Requirements.Schema, Scopes.Schema,
	Persons.Schema, Roles.Schema, Objectives.Schema,
	Suppliers.Schema, Obligations.Schema,
	Assets.Schema, Threats.Schema, Vulnerabilities.Schema,
	Methods.Schema, Risks.Schema, Treatments.Schema, Acceptances.Schema,
	Controls.Schema, Statements.Schema,
)
