-- +goose Up
CREATE TABLE "organisation" (
    org TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    rev BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    archived BOOLEAN NOT NULL,
    imported BOOLEAN NOT NULL,
    also TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    changed_by TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "edition" TEXT COLLATE "C",
    "sector" TEXT COLLATE "C" NOT NULL,
    "employees" BIGINT,
    "address" TEXT COLLATE "C" NOT NULL,
    "description" TEXT COLLATE "C" NOT NULL,
    "time_zone" TEXT COLLATE "C" NOT NULL,
    "method" TEXT COLLATE "C",
    "contact" TEXT COLLATE "C",
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "organisation_sort" ON "organisation" (org, archived, sort);

CREATE INDEX "organisation_state" ON "organisation" (org, archived, state, sort);

CREATE TABLE "issue" (
    org TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    rev BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    archived BOOLEAN NOT NULL,
    imported BOOLEAN NOT NULL,
    also TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    changed_by TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "reference" TEXT COLLATE "C" NOT NULL,
    "origin" TEXT COLLATE "C",
    "description" TEXT COLLATE "C" NOT NULL,
    "climate" BOOLEAN NOT NULL,
    "effect" TEXT COLLATE "C" NOT NULL,
    "response" TEXT COLLATE "C" NOT NULL,
    "owner" TEXT COLLATE "C",
    "review" TEXT COLLATE "C",
    "risks" TEXT COLLATE "C",
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "issue_sort" ON "issue" (org, archived, sort);

CREATE INDEX "issue_state" ON "issue" (org, archived, state, sort);

CREATE INDEX "issue_reference" ON "issue" (org, "reference", sort);

CREATE INDEX "issue_owner" ON "issue" (org, "owner", sort);

CREATE TABLE "party" (
    org TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    rev BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    archived BOOLEAN NOT NULL,
    imported BOOLEAN NOT NULL,
    also TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    changed_by TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "reference" TEXT COLLATE "C" NOT NULL,
    "category" TEXT COLLATE "C",
    "interest" TEXT COLLATE "C" NOT NULL,
    "climate" BOOLEAN NOT NULL,
    "channel" TEXT COLLATE "C" NOT NULL,
    "owner" TEXT COLLATE "C",
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "party_sort" ON "party" (org, archived, sort);

CREATE INDEX "party_state" ON "party" (org, archived, state, sort);

CREATE INDEX "party_reference" ON "party" (org, "reference", sort);

CREATE INDEX "party_owner" ON "party" (org, "owner", sort);

CREATE TABLE "requirement" (
    org TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    rev BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    archived BOOLEAN NOT NULL,
    imported BOOLEAN NOT NULL,
    also TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    changed_by TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "reference" TEXT COLLATE "C" NOT NULL,
    "party" TEXT COLLATE "C",
    "need" TEXT COLLATE "C" NOT NULL,
    "source" TEXT COLLATE "C" NOT NULL,
    "priority" TEXT COLLATE "C",
    "answer" TEXT COLLATE "C" NOT NULL,
    "met" TEXT COLLATE "C",
    "climate" BOOLEAN NOT NULL,
    "owner" TEXT COLLATE "C",
    "controls" TEXT COLLATE "C",
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "requirement_sort" ON "requirement" (org, archived, sort);

CREATE INDEX "requirement_state" ON "requirement" (org, archived, state, sort);

CREATE INDEX "requirement_reference" ON "requirement" (org, "reference", sort);

CREATE INDEX "requirement_party" ON "requirement" (org, "party", sort);

CREATE INDEX "requirement_owner" ON "requirement" (org, "owner", sort);

CREATE TABLE "scope" (
    org TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    rev BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    archived BOOLEAN NOT NULL,
    imported BOOLEAN NOT NULL,
    also TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    changed_by TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "statement" TEXT COLLATE "C" NOT NULL,
    "boundaries" TEXT COLLATE "C" NOT NULL,
    "interfaces" TEXT COLLATE "C",
    "exclusions" TEXT COLLATE "C",
    "sites" TEXT COLLATE "C",
    "approver" TEXT COLLATE "C",
    "approved" TEXT COLLATE "C",
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "scope_sort" ON "scope" (org, archived, sort);

CREATE INDEX "scope_state" ON "scope" (org, archived, state, sort);

CREATE TABLE "person" (
    org TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    rev BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    archived BOOLEAN NOT NULL,
    imported BOOLEAN NOT NULL,
    also TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    changed_by TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "email" TEXT COLLATE "C" NOT NULL,
    "job_title" TEXT COLLATE "C" NOT NULL,
    "since" TEXT COLLATE "C",
    "until" TEXT COLLATE "C",
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "person_sort" ON "person" (org, archived, sort);

CREATE INDEX "person_state" ON "person" (org, archived, state, sort);

CREATE TABLE "role" (
    org TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    rev BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    archived BOOLEAN NOT NULL,
    imported BOOLEAN NOT NULL,
    also TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    changed_by TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "holders" TEXT COLLATE "C",
    "deputies" TEXT COLLATE "C",
    "responsibilities" TEXT COLLATE "C" NOT NULL,
    "reports_to" TEXT COLLATE "C",
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "role_sort" ON "role" (org, archived, sort);

CREATE INDEX "role_state" ON "role" (org, archived, state, sort);

CREATE TABLE "objective" (
    org TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    rev BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    archived BOOLEAN NOT NULL,
    imported BOOLEAN NOT NULL,
    also TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    changed_by TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "reference" TEXT COLLATE "C" NOT NULL,
    "owner" TEXT COLLATE "C",
    "measure" TEXT COLLATE "C" NOT NULL,
    "baseline" TEXT COLLATE "C" NOT NULL,
    "target" TEXT COLLATE "C" NOT NULL,
    "due" TEXT COLLATE "C",
    "frequency" TEXT COLLATE "C" NOT NULL,
    "current" TEXT COLLATE "C" NOT NULL,
    "progress" TEXT COLLATE "C",
    "review" TEXT COLLATE "C",
    "resources" TEXT COLLATE "C" NOT NULL,
    "links" TEXT COLLATE "C" NOT NULL,
    "risks" TEXT COLLATE "C",
    "controls" TEXT COLLATE "C",
    "treatments" TEXT COLLATE "C",
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "objective_sort" ON "objective" (org, archived, sort);

CREATE INDEX "objective_state" ON "objective" (org, archived, state, sort);

CREATE INDEX "objective_reference" ON "objective" (org, "reference", sort);

CREATE INDEX "objective_owner" ON "objective" (org, "owner", sort);

CREATE TABLE "supplier" (
    org TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    rev BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    archived BOOLEAN NOT NULL,
    imported BOOLEAN NOT NULL,
    also TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    changed_by TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "reference" TEXT COLLATE "C" NOT NULL,
    "service" TEXT COLLATE "C" NOT NULL,
    "category" TEXT COLLATE "C" NOT NULL,
    "criticality" TEXT COLLATE "C",
    "data" TEXT COLLATE "C" NOT NULL,
    "location" TEXT COLLATE "C" NOT NULL,
    "contract_start" TEXT COLLATE "C",
    "contract_end" TEXT COLLATE "C",
    "agreement" TEXT COLLATE "C" NOT NULL,
    "certifications" TEXT COLLATE "C" NOT NULL,
    "reviewed" TEXT COLLATE "C",
    "review_result" TEXT COLLATE "C" NOT NULL,
    "review" TEXT COLLATE "C",
    "relation" TEXT COLLATE "C",
    "owner" TEXT COLLATE "C",
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "supplier_sort" ON "supplier" (org, archived, sort);

CREATE INDEX "supplier_state" ON "supplier" (org, archived, state, sort);

CREATE INDEX "supplier_reference" ON "supplier" (org, "reference", sort);

CREATE INDEX "supplier_owner" ON "supplier" (org, "owner", sort);

CREATE TABLE "obligation" (
    org TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    rev BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    archived BOOLEAN NOT NULL,
    imported BOOLEAN NOT NULL,
    also TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    changed_by TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "reference" TEXT COLLATE "C" NOT NULL,
    "source" TEXT COLLATE "C" NOT NULL,
    "section" TEXT COLLATE "C" NOT NULL,
    "nature" TEXT COLLATE "C",
    "applies" TEXT COLLATE "C" NOT NULL,
    "type" TEXT COLLATE "C" NOT NULL,
    "owner" TEXT COLLATE "C",
    "evidence" TEXT COLLATE "C" NOT NULL,
    "compliance" TEXT COLLATE "C",
    "review" TEXT COLLATE "C",
    "controls" TEXT COLLATE "C",
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "obligation_sort" ON "obligation" (org, archived, sort);

CREATE INDEX "obligation_state" ON "obligation" (org, archived, state, sort);

CREATE INDEX "obligation_reference" ON "obligation" (org, "reference", sort);

CREATE INDEX "obligation_owner" ON "obligation" (org, "owner", sort);

CREATE TABLE "asset" (
    org TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    rev BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    archived BOOLEAN NOT NULL,
    imported BOOLEAN NOT NULL,
    also TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    changed_by TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "reference" TEXT COLLATE "C" NOT NULL,
    "type" TEXT COLLATE "C",
    "category" TEXT COLLATE "C" NOT NULL,
    "description" TEXT COLLATE "C" NOT NULL,
    "count" BIGINT,
    "owner" TEXT COLLATE "C",
    "custodian" TEXT COLLATE "C",
    "location" TEXT COLLATE "C" NOT NULL,
    "classification" TEXT COLLATE "C",
    "confidentiality" TEXT COLLATE "C",
    "integrity" TEXT COLLATE "C",
    "availability" TEXT COLLATE "C",
    "criticality" TEXT COLLATE "C",
    "depends_on" TEXT COLLATE "C",
    "supplier" TEXT COLLATE "C",
    "use" TEXT COLLATE "C",
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "asset_sort" ON "asset" (org, archived, sort);

CREATE INDEX "asset_state" ON "asset" (org, archived, state, sort);

CREATE INDEX "asset_reference" ON "asset" (org, "reference", sort);

CREATE INDEX "asset_type" ON "asset" (org, "type", sort);

CREATE INDEX "asset_owner" ON "asset" (org, "owner", sort);

CREATE INDEX "asset_classification" ON "asset" (org, "classification", sort);

CREATE TABLE "threat" (
    org TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    rev BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    archived BOOLEAN NOT NULL,
    imported BOOLEAN NOT NULL,
    also TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    changed_by TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "reference" TEXT COLLATE "C" NOT NULL,
    "description" TEXT COLLATE "C" NOT NULL,
    "origin" TEXT COLLATE "C",
    "sources" TEXT COLLATE "C",
    "event" TEXT COLLATE "C" NOT NULL,
    "properties" TEXT COLLATE "C",
    "asset_types" TEXT COLLATE "C",
    "controls" TEXT COLLATE "C",
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "threat_sort" ON "threat" (org, archived, sort);

CREATE INDEX "threat_state" ON "threat" (org, archived, state, sort);

CREATE INDEX "threat_reference" ON "threat" (org, "reference", sort);

CREATE TABLE "vulnerability" (
    org TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    rev BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    archived BOOLEAN NOT NULL,
    imported BOOLEAN NOT NULL,
    also TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    changed_by TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "reference" TEXT COLLATE "C" NOT NULL,
    "description" TEXT COLLATE "C" NOT NULL,
    "asset_types" TEXT COLLATE "C",
    "threats" TEXT COLLATE "C",
    "controls" TEXT COLLATE "C",
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "vulnerability_sort" ON "vulnerability" (org, archived, sort);

CREATE INDEX "vulnerability_state" ON "vulnerability" (org, archived, state, sort);

CREATE INDEX "vulnerability_reference" ON "vulnerability" (org, "reference", sort);

CREATE TABLE "method" (
    org TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    rev BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    archived BOOLEAN NOT NULL,
    imported BOOLEAN NOT NULL,
    also TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    changed_by TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "version" BIGINT NOT NULL,
    "supersedes" TEXT COLLATE "C",
    "approach" TEXT COLLATE "C" NOT NULL,
    "treatment" TEXT COLLATE "C" NOT NULL,
    "likelihood" TEXT COLLATE "C",
    "impact" TEXT COLLATE "C",
    "criteria" TEXT COLLATE "C",
    "levels" TEXT COLLATE "C",
    "matrix" TEXT COLLATE "C",
    "acceptable" BIGINT NOT NULL,
    "acceptance" TEXT COLLATE "C" NOT NULL,
    "approver" TEXT COLLATE "C",
    "approved" TEXT COLLATE "C",
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "method_sort" ON "method" (org, archived, sort);

CREATE INDEX "method_state" ON "method" (org, archived, state, sort);

CREATE TABLE "risk" (
    org TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    rev BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    archived BOOLEAN NOT NULL,
    imported BOOLEAN NOT NULL,
    also TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    changed_by TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "reference" TEXT COLLATE "C" NOT NULL,
    "scenario" TEXT COLLATE "C" NOT NULL,
    "approach" TEXT COLLATE "C",
    "assets" TEXT COLLATE "C",
    "threats" TEXT COLLATE "C",
    "vulnerabilities" TEXT COLLATE "C",
    "sources" TEXT COLLATE "C",
    "properties" TEXT COLLATE "C",
    "owner" TEXT COLLATE "C",
    "method" TEXT COLLATE "C",
    "inherent" TEXT COLLATE "C",
    "existing" TEXT COLLATE "C" NOT NULL,
    "current" TEXT COLLATE "C",
    "option" TEXT COLLATE "C",
    "rationale" TEXT COLLATE "C" NOT NULL,
    "controls" TEXT COLLATE "C",
    "planned" TEXT COLLATE "C",
    "assessed" TEXT COLLATE "C",
    "review" TEXT COLLATE "C",
    "acceptance" TEXT COLLATE "C",
    "inherent_level" BIGINT,
    "current_level" BIGINT,
    "planned_level" BIGINT,
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "risk_sort" ON "risk" (org, archived, sort);

CREATE INDEX "risk_state" ON "risk" (org, archived, state, sort);

CREATE INDEX "risk_reference" ON "risk" (org, "reference", sort);

CREATE INDEX "risk_owner" ON "risk" (org, "owner", sort);

CREATE INDEX "risk_method" ON "risk" (org, "method", sort);

CREATE INDEX "risk_option" ON "risk" (org, "option", sort);

CREATE INDEX "risk_inherent_level" ON "risk" (org, "inherent_level", sort);

CREATE INDEX "risk_current_level" ON "risk" (org, "current_level", sort);

CREATE INDEX "risk_planned_level" ON "risk" (org, "planned_level", sort);

CREATE TABLE "treatment" (
    org TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    rev BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    archived BOOLEAN NOT NULL,
    imported BOOLEAN NOT NULL,
    also TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    changed_by TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "reference" TEXT COLLATE "C" NOT NULL,
    "risks" TEXT COLLATE "C",
    "controls" TEXT COLLATE "C",
    "owner" TEXT COLLATE "C",
    "start" TEXT COLLATE "C",
    "due" TEXT COLLATE "C",
    "frequency" TEXT COLLATE "C" NOT NULL,
    "budget" TEXT COLLATE "C",
    "verification" TEXT COLLATE "C" NOT NULL,
    "completed" TEXT COLLATE "C",
    "result" TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "treatment_sort" ON "treatment" (org, archived, sort);

CREATE INDEX "treatment_state" ON "treatment" (org, archived, state, sort);

CREATE INDEX "treatment_reference" ON "treatment" (org, "reference", sort);

CREATE INDEX "treatment_owner" ON "treatment" (org, "owner", sort);

CREATE INDEX "treatment_due" ON "treatment" (org, "due", sort);

CREATE TABLE "acceptance" (
    org TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    rev BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    archived BOOLEAN NOT NULL,
    imported BOOLEAN NOT NULL,
    also TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    changed_by TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "risks" TEXT COLLATE "C",
    "reason" TEXT COLLATE "C" NOT NULL,
    "review" TEXT COLLATE "C",
    "approver" TEXT COLLATE "C",
    "approved" TEXT COLLATE "C",
    "decided" TEXT COLLATE "C",
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "acceptance_sort" ON "acceptance" (org, archived, sort);

CREATE INDEX "acceptance_state" ON "acceptance" (org, archived, state, sort);

CREATE TABLE "control" (
    org TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    rev BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    archived BOOLEAN NOT NULL,
    imported BOOLEAN NOT NULL,
    also TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    changed_by TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "source" TEXT COLLATE "C",
    "applicability" TEXT COLLATE "C",
    "reasons" TEXT COLLATE "C",
    "justification" TEXT COLLATE "C" NOT NULL,
    "fact" TEXT COLLATE "C" NOT NULL,
    "owner" TEXT COLLATE "C",
    "status" TEXT COLLATE "C",
    "implementation" TEXT COLLATE "C" NOT NULL,
    "evidence" TEXT COLLATE "C" NOT NULL,
    "serves" TEXT COLLATE "C",
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "control_sort" ON "control" (org, archived, sort);

CREATE INDEX "control_state" ON "control" (org, archived, state, sort);

CREATE INDEX "control_source" ON "control" (org, "source", sort);

CREATE INDEX "control_applicability" ON "control" (org, "applicability", sort);

CREATE INDEX "control_owner" ON "control" (org, "owner", sort);

CREATE INDEX "control_status" ON "control" (org, "status", sort);

CREATE TABLE "soa" (
    org TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    rev BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    archived BOOLEAN NOT NULL,
    imported BOOLEAN NOT NULL,
    also TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    changed_by TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "version" BIGINT NOT NULL,
    "edition" TEXT COLLATE "C",
    "classification" TEXT COLLATE "C",
    "owner" TEXT COLLATE "C",
    "note" TEXT COLLATE "C" NOT NULL,
    "approver" TEXT COLLATE "C",
    "approved" TEXT COLLATE "C",
    "method" TEXT COLLATE "C" NOT NULL,
    "digest" TEXT COLLATE "C" NOT NULL,
    "rows" TEXT COLLATE "C",
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "soa_sort" ON "soa" (org, archived, sort);

CREATE INDEX "soa_state" ON "soa" (org, archived, state, sort);

CREATE TABLE head (
    org TEXT COLLATE "C" NOT NULL,
    n BIGINT NOT NULL,
    at TEXT COLLATE "C" NOT NULL,
    frontier TEXT COLLATE "C" NOT NULL,
    checkpoint TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (org)
);

CREATE TABLE node (
    org TEXT COLLATE "C" NOT NULL,
    i BIGINT NOT NULL,
    hash TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (org, i)
);

CREATE TABLE revision (
    org TEXT COLLATE "C" NOT NULL,
    n BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    rev BIGINT NOT NULL,
    at TEXT COLLATE "C" NOT NULL,
    "by" TEXT COLLATE "C" NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    cause TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    personal TEXT COLLATE "C" NOT NULL,
    until BIGINT,
    PRIMARY KEY (org, n),
    UNIQUE (org, id, rev)
);

CREATE INDEX revision_sort ON revision (org, kind, sort, n);

CREATE INDEX revision_key ON revision (org, "key", rev);

CREATE TABLE edge (
    org TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    path TEXT COLLATE "C" NOT NULL,
    target_kind TEXT COLLATE "C" NOT NULL,
    target TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (org, "key", path)
);

CREATE INDEX edge_target ON edge (org, target, kind);

CREATE TABLE sequence (
    org TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (org, kind)
);

CREATE TABLE search (
    org TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    words TSVECTOR GENERATED ALWAYS AS (setweight(to_tsvector('simple', translate(title, '-./_@:', '      ')), 'A') || to_tsvector('simple', translate(body, '-./_@:', '      '))) STORED,
    PRIMARY KEY (org, "key")
);

CREATE INDEX search_words ON search USING GIN (words);
