package isms

import "github.com/stele-isms/stele/internal/kind"

// Objective is what the organisation wants its information security to achieve, measurably.
type Objective struct {
	Title      string                `json:"title" kind:"name" words:"objective,security objective,ziel,sicherheitsziel"`
	Reference  string                `json:"reference" kind:"index,search" words:"id,no,nr"`
	Owner      kind.Ref[Role]        `json:"owner" kind:"index" words:"responsible,verantwortlich"`
	Measure    string                `json:"measure" kind:"text" help:"What is measured." words:"metric,kpi,indicator,kennzahl,messgröße"`
	Baseline   string                `json:"baseline" words:"baseline (start of year),start value,ausgangswert"`
	Target     string                `json:"target" words:"target value,zielwert"`
	Due        kind.Date             `json:"due" words:"due date,deadline,frist,termin"`
	Frequency  string                `json:"frequency" help:"How often it is measured." words:"measurement frequency,messhäufigkeit,häufigkeit"`
	Current    string                `json:"current" words:"current value,aktueller wert,actual"`
	Progress   Progress              `json:"progress" words:"status"`
	Review     kind.Date             `json:"review" words:"review date,next review,überprüfung"`
	Resources  string                `json:"resources" kind:"text" words:"ressourcen"`
	Links      string                `json:"links" help:"Requirements of ISO/IEC 27001 that it serves." words:"linked iso clause / risk,linked clause,iso clause"`
	Risks      []kind.Ref[Risk]      `json:"risks"`
	Controls   []kind.Ref[Control]   `json:"controls"`
	Treatments []kind.Ref[Treatment] `json:"treatments" words:"linked action,action,actions,maßnahme"`
}

// Progress is how near an objective is.
type Progress string

// Values lists the steps.
func (Progress) Values() []kind.Value {
	return []kind.Value{
		{Name: "planned", Title: "Planned", Also: []string{"pending", "not started", "geplant"}},
		{Name: "on track", Title: "On track", Also: []string{"in progress", "im plan"}},
		{Name: "behind", Title: "Behind", Also: []string{"at risk", "delayed", "verzögert"}},
		{Name: "achieved", Title: "Achieved", Also: []string{"done", "met", "completed", "erreicht"}},
		{Name: "missed", Title: "Missed", Also: []string{"not achieved", "verfehlt"}},
	}
}

// Objectives is the kind of information security objectives (ISO/IEC 27001:2022, 6.2).
var Objectives = kind.Define("objective", kind.Spec[Objective]{Title: "Objective", Plural: "Objectives", Prefix: "OBJ"})
