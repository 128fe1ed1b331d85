package isms

import "github.com/stele-isms/stele/internal/kind"

// Objective is what the organisation wants its information security to achieve, measurably.
type Objective struct {
	Title      string                `json:"title" kind:"name" words:"objective,security objective,goal,ziel,sicherheitsziel,informationssicherheitsziel"`
	Reference  string                `json:"reference" kind:"index,search" words:"id,no,nr"`
	Owner      kind.Ref[Role]        `json:"owner" kind:"index" words:"responsible,accountable,verantwortlich,verantwortlicher,zuständig"`
	Measure    string                `json:"measure" kind:"text" help:"What is measured." words:"metric,kpi,indicator,what is measured,kennzahl,messgröße,indikator"`
	Baseline   string                `json:"baseline" words:"baseline (start of year),baseline value,start value,ausgangswert,startwert"`
	Target     string                `json:"target" words:"target value,target by,zielwert,soll"`
	Due        kind.Date             `json:"due" words:"due date,deadline,frist,termin"`
	Frequency  string                `json:"frequency" help:"How often it is measured." words:"measurement frequency,measurement interval,how often,messhäufigkeit,häufigkeit,messintervall"`
	Current    string                `json:"current" words:"current value,latest value,actual,actual value,aktueller wert,istwert,ist"`
	Progress   Progress              `json:"progress" words:"status,zielerreichung,stand"`
	Review     kind.Date             `json:"review" words:"review date,next review,review due,überprüfung,überprüfung am,nächste überprüfung"`
	Resources  string                `json:"resources" kind:"text" words:"ressourcen"`
	Links      string                `json:"links" help:"Requirements of ISO/IEC 27001 that it serves." words:"linked iso clause / risk,linked clause,iso clause,related clause,related clause / risk,bezug,normbezug,bezug zu norm / risiko"`
	Risks      []kind.Ref[Risk]      `json:"risks"`
	Controls   []kind.Ref[Control]   `json:"controls"`
	Treatments []kind.Ref[Treatment] `json:"treatments" words:"linked action,related action,action,actions,maßnahme,maßnahmen,zugehörige maßnahme"`
}

// Progress is how near an objective is.
type Progress string

// Values lists the steps.
func (Progress) Values() []kind.Value {
	return []kind.Value{
		{Name: "planned", Title: "Planned", Also: []string{"pending", "not started", "open", "geplant", "offen", "ausstehend"}},
		{Name: "on track", Title: "On track", Also: []string{"in progress", "im plan", "laufend", "in umsetzung"}},
		{Name: "behind", Title: "Behind", Also: []string{"at risk", "delayed", "verzögert", "gefährdet", "im rückstand"}},
		{Name: "achieved", Title: "Achieved", Also: []string{"done", "met", "completed", "erreicht"}},
		{Name: "missed", Title: "Missed", Also: []string{"not achieved", "verfehlt"}},
	}
}

// Objectives is the kind of information security objectives (ISO/IEC 27001:2022, 6.2).
var Objectives = kind.Define("objective", kind.Spec[Objective]{Title: "Objective", Plural: "Objectives", Prefix: "OBJ"})
