package exchange_test

// headings are, for each register, other headings that people give its columns: in English and in German.
var headings = map[string]map[string][2]string{
	"asset-register": {
		"ID": {"Asset No.", "Nr."}, "Asset Name": {"Asset", "Bezeichnung"}, "Type": {"Asset class", "Art"}, "Category": {"Asset category", "Kategorie"},
		"Owner": {"Asset owner", "Eigentümer"}, "Custodian": {"Managed by", "Betreuer"}, "Location": {"Site", "Standort"},
		"Classification": {"Data classification", "Schutzklasse"}, "Criticality": {"Business criticality", "Kritikalität"},
		"Environment": {"Stage", "Umgebung"}, "Description": {"Asset description", "Beschreibung"}, "Status": {"Lifecycle status", "Zustand"},
	},
	"risk-register": {
		"ID": {"Risk ref.", "Risiko-ID"}, "Risk Title": {"Risk", "Risikobezeichnung"}, "Description": {"Risk scenario", "Szenario"},
		"Asset / Process": {"Affected assets", "Wert / Prozess"}, "Threat": {"THREATS", "Bedrohung"}, "Vulnerability": {"Weaknesses", "Schwachstelle"},
		"Owner": {"Risk owner", "Risikoeigentümer"}, "Likelihood (1-5)": {"Gross probability", "Eintrittswahrscheinlichkeit (1-5)"},
		"Impact Financial": {"Gross impact: finance", "Auswirkung finanziell"}, "Impact Operational": {"Gross impact: operations", "Auswirkung betrieblich"},
		"Impact Reputational": {"Gross impact: reputation", "Auswirkung Reputation"}, "Impact Legal/Regulatory": {"Gross impact: compliance", "Auswirkung rechtlich"},
		"Impact Health/Safety": {"Gross impact: people", "Auswirkung Gesundheit/Sicherheit"}, "Max Impact": {"Gross impact (highest)", "Höchste Auswirkung"},
		"Inherent Score": {"Gross score", "Bruttorisikowert"}, "Inherent Risk Level": {"Gross risk rating", "Bruttorisikostufe"},
		"Existing Controls": {"Controls in place", "Bestehende Massnahmen"}, "Residual Likelihood": {"Net probability", "Eintrittswahrscheinlichkeit (netto)"},
		"Residual Max Impact": {"Net impact", "Höchste Auswirkung (netto)"}, "Residual Score": {"Net score", "Nettorisikowert"},
		"Residual Risk Level": {"Net risk rating", "Restrisiko"}, "Treatment Decision": {"Risk response", "Risikobehandlung"}, "Status": {"Risk status", "Status"},
	},
	"risk-treatment-plan": {
		"ID": {"Ref", "Lfd. Nr."}, "Risk ID": {"Treats risk", "Risiko-ID"}, "Action": {"Measure", "Maßnahme"}, "Annex A Control": {"ISO control(s)", "Anhang A"},
		"Owner": {"Assigned to", "Zuständig"}, "Start Date": {"Starts", "Beginn"}, "Due Date": {"Deadline", "Fällig am"},
		"Budget (EUR)": {"Estimated cost in EUR", "Kosten [€]"}, "Status": {"State", "Status"}, "Verification": {"Success criterion", "Verifizierung"},
		"Residual Score After": {"Score afterwards", "Restrisikowert danach"},
	},
	"statement-of-applicability": {
		"Control ID": {"Annex A No.", "Nr."}, "Control Name": {"Control title", "Name der Maßnahme"}, "Theme": {"Chapter", "Thema"}, "Applicable": {"In scope?", "Anwendbar"},
		"Justification": {"Reason for selection", "Begründung"}, "Implementation Status": {"Status", "Umsetzungsstatus"},
		"Implementation Description": {"How implemented", "Beschreibung der Umsetzung"}, "Reference": {"Related documents", "Verweis"},
	},
	"legal-compliance-register": {
		"ID": {"No", "Nr."}, "Regulation": {"Law", "Rechtsgrundlage"}, "Article / Section": {"Clause", "Artikel / Abschnitt"}, "Requirement": {"Duty", "Anforderung"},
		"Applicability": {"Applies to", "Geltungsbereich"}, "Obligation Type": {"Type", "Art der Verpflichtung"}, "Responsible": {"Owner", "Verantwortlich"},
		"Evidence": {"How met", "Nachweise"}, "Status": {"Compliance status", "Erfüllungsstatus"}, "Next Review": {"Review due", "Nächste Überprüfung"},
	},
	"stakeholder-requirements": {
		"ID": {"Ref.", "Nr."}, "Stakeholder": {"Interested party", "Interessierte Partei"}, "Need": {"Expectation", "Bedürfnis"},
		"Derived Requirement": {"Resulting requirement", "Abgeleitete Anforderung"}, "Source": {"Origin", "Quelle"}, "Priority": {"Importance", "Priorität"},
		"Covered By": {"Addressed by", "Abgedeckt durch"}, "Status": {"Coverage", "Status"},
	},
	"security-objectives-register": {
		"ID": {"Objective no.", "Nr."}, "Objective": {"Security objective", "Sicherheitsziel"}, "Linked ISO Clause / Risk": {"Related clause / risk", "Bezug (Norm / Risiko)"},
		"Owner": {"Responsible", "Verantwortlich"}, "Metric": {"KPI", "Kennzahl"}, "Baseline (start of year)": {"Start value", "Ausgangswert"},
		"Target": {"Target value", "Zielwert"}, "Measurement Frequency": {"Measurement interval", "Messhäufigkeit"}, "Current Value": {"Actual value", "Aktueller Wert"},
		"Status": {"Progress", "Zielerreichung"}, "Review Date": {"Next review", "Überprüfung am"}, "Linked Action": {"Related action", "Zugehörige Maßnahme"},
	},
	"supplier-register": {
		"ID": {"Supplier ID", "Lieferantennummer"}, "Supplier": {"Vendor", "Lieferant"}, "Service": {"Service provided", "Leistung"}, "Category": {"Service type", "Kategorie"},
		"Criticality": {"Vendor criticality", "Kritikalität"}, "Data Accessed": {"Data access", "Datenzugriff"}, "Location": {"Country", "Standort"},
		"Contract Start": {"Contract from", "Vertragsbeginn"}, "Contract End": {"Contract until", "Vertragsende"}, "DPA Signed": {"Data processing agreement", "AVV unterzeichnet"},
		"Certifications": {"Certificates", "Zertifikate"}, "Last Review": {"Last assessment", "Letzte Bewertung"}, "Review Result": {"Assessment result", "Prüfergebnis"},
		"Next Review": {"Next assessment", "Nächste Bewertung"}, "Status": {"State", "Status"}, "Owner": {"Internal owner", "Verantwortlicher"},
	},
}
