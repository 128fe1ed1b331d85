-- +goose Up
CREATE TABLE "organisation" (
    org TEXT NOT NULL,
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    sort TEXT NOT NULL,
    rev INTEGER NOT NULL,
    state TEXT NOT NULL,
    archived INTEGER NOT NULL,
    imported INTEGER NOT NULL,
    also TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "edition" TEXT,
    "sector" TEXT NOT NULL,
    "employees" INTEGER,
    "address" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "method" TEXT,
    "contact" TEXT,
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "organisation_sort" ON "organisation" (org, archived, sort);

CREATE INDEX "organisation_state" ON "organisation" (org, archived, state, sort);

CREATE TABLE "issue" (
    org TEXT NOT NULL,
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    sort TEXT NOT NULL,
    rev INTEGER NOT NULL,
    state TEXT NOT NULL,
    archived INTEGER NOT NULL,
    imported INTEGER NOT NULL,
    also TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "origin" TEXT,
    "description" TEXT NOT NULL,
    "climate" INTEGER NOT NULL,
    "effect" TEXT NOT NULL,
    "response" TEXT NOT NULL,
    "owner" TEXT,
    "review" TEXT,
    "risks" TEXT,
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "issue_sort" ON "issue" (org, archived, sort);

CREATE INDEX "issue_state" ON "issue" (org, archived, state, sort);

CREATE INDEX "issue_reference" ON "issue" (org, "reference", sort);

CREATE INDEX "issue_owner" ON "issue" (org, "owner", sort);

CREATE TABLE "party" (
    org TEXT NOT NULL,
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    sort TEXT NOT NULL,
    rev INTEGER NOT NULL,
    state TEXT NOT NULL,
    archived INTEGER NOT NULL,
    imported INTEGER NOT NULL,
    also TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "category" TEXT,
    "interest" TEXT NOT NULL,
    "climate" INTEGER NOT NULL,
    "channel" TEXT NOT NULL,
    "owner" TEXT,
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "party_sort" ON "party" (org, archived, sort);

CREATE INDEX "party_state" ON "party" (org, archived, state, sort);

CREATE INDEX "party_reference" ON "party" (org, "reference", sort);

CREATE INDEX "party_owner" ON "party" (org, "owner", sort);

CREATE TABLE "requirement" (
    org TEXT NOT NULL,
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    sort TEXT NOT NULL,
    rev INTEGER NOT NULL,
    state TEXT NOT NULL,
    archived INTEGER NOT NULL,
    imported INTEGER NOT NULL,
    also TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "party" TEXT,
    "need" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "priority" TEXT,
    "answer" TEXT NOT NULL,
    "met" TEXT,
    "climate" INTEGER NOT NULL,
    "owner" TEXT,
    "controls" TEXT,
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "requirement_sort" ON "requirement" (org, archived, sort);

CREATE INDEX "requirement_state" ON "requirement" (org, archived, state, sort);

CREATE INDEX "requirement_reference" ON "requirement" (org, "reference", sort);

CREATE INDEX "requirement_party" ON "requirement" (org, "party", sort);

CREATE INDEX "requirement_owner" ON "requirement" (org, "owner", sort);

CREATE TABLE "scope" (
    org TEXT NOT NULL,
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    sort TEXT NOT NULL,
    rev INTEGER NOT NULL,
    state TEXT NOT NULL,
    archived INTEGER NOT NULL,
    imported INTEGER NOT NULL,
    also TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "statement" TEXT NOT NULL,
    "boundaries" TEXT NOT NULL,
    "interfaces" TEXT,
    "exclusions" TEXT,
    "sites" TEXT,
    "approver" TEXT,
    "approved" TEXT,
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "scope_sort" ON "scope" (org, archived, sort);

CREATE INDEX "scope_state" ON "scope" (org, archived, state, sort);

CREATE TABLE "person" (
    org TEXT NOT NULL,
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    sort TEXT NOT NULL,
    rev INTEGER NOT NULL,
    state TEXT NOT NULL,
    archived INTEGER NOT NULL,
    imported INTEGER NOT NULL,
    also TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "job_title" TEXT NOT NULL,
    "since" TEXT,
    "until" TEXT,
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "person_sort" ON "person" (org, archived, sort);

CREATE INDEX "person_state" ON "person" (org, archived, state, sort);

CREATE TABLE "role" (
    org TEXT NOT NULL,
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    sort TEXT NOT NULL,
    rev INTEGER NOT NULL,
    state TEXT NOT NULL,
    archived INTEGER NOT NULL,
    imported INTEGER NOT NULL,
    also TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "holders" TEXT,
    "deputies" TEXT,
    "responsibilities" TEXT NOT NULL,
    "reports_to" TEXT,
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "role_sort" ON "role" (org, archived, sort);

CREATE INDEX "role_state" ON "role" (org, archived, state, sort);

CREATE TABLE "objective" (
    org TEXT NOT NULL,
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    sort TEXT NOT NULL,
    rev INTEGER NOT NULL,
    state TEXT NOT NULL,
    archived INTEGER NOT NULL,
    imported INTEGER NOT NULL,
    also TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "owner" TEXT,
    "measure" TEXT NOT NULL,
    "baseline" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "due" TEXT,
    "frequency" TEXT NOT NULL,
    "current" TEXT NOT NULL,
    "progress" TEXT,
    "review" TEXT,
    "resources" TEXT NOT NULL,
    "links" TEXT NOT NULL,
    "risks" TEXT,
    "controls" TEXT,
    "treatments" TEXT,
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "objective_sort" ON "objective" (org, archived, sort);

CREATE INDEX "objective_state" ON "objective" (org, archived, state, sort);

CREATE INDEX "objective_reference" ON "objective" (org, "reference", sort);

CREATE INDEX "objective_owner" ON "objective" (org, "owner", sort);

CREATE TABLE "supplier" (
    org TEXT NOT NULL,
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    sort TEXT NOT NULL,
    rev INTEGER NOT NULL,
    state TEXT NOT NULL,
    archived INTEGER NOT NULL,
    imported INTEGER NOT NULL,
    also TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "criticality" TEXT,
    "data" TEXT NOT NULL,
    "location" TEXT NOT NULL,
    "contract_start" TEXT,
    "contract_end" TEXT,
    "agreement" TEXT NOT NULL,
    "certifications" TEXT NOT NULL,
    "reviewed" TEXT,
    "review_result" TEXT NOT NULL,
    "review" TEXT,
    "relation" TEXT,
    "owner" TEXT,
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "supplier_sort" ON "supplier" (org, archived, sort);

CREATE INDEX "supplier_state" ON "supplier" (org, archived, state, sort);

CREATE INDEX "supplier_reference" ON "supplier" (org, "reference", sort);

CREATE INDEX "supplier_owner" ON "supplier" (org, "owner", sort);

CREATE TABLE "obligation" (
    org TEXT NOT NULL,
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    sort TEXT NOT NULL,
    rev INTEGER NOT NULL,
    state TEXT NOT NULL,
    archived INTEGER NOT NULL,
    imported INTEGER NOT NULL,
    also TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "section" TEXT NOT NULL,
    "nature" TEXT,
    "applies" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "owner" TEXT,
    "evidence" TEXT NOT NULL,
    "compliance" TEXT,
    "review" TEXT,
    "controls" TEXT,
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "obligation_sort" ON "obligation" (org, archived, sort);

CREATE INDEX "obligation_state" ON "obligation" (org, archived, state, sort);

CREATE INDEX "obligation_reference" ON "obligation" (org, "reference", sort);

CREATE INDEX "obligation_owner" ON "obligation" (org, "owner", sort);

CREATE TABLE "asset" (
    org TEXT NOT NULL,
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    sort TEXT NOT NULL,
    rev INTEGER NOT NULL,
    state TEXT NOT NULL,
    archived INTEGER NOT NULL,
    imported INTEGER NOT NULL,
    also TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "type" TEXT,
    "category" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "count" INTEGER,
    "owner" TEXT,
    "custodian" TEXT,
    "location" TEXT NOT NULL,
    "classification" TEXT,
    "confidentiality" TEXT,
    "integrity" TEXT,
    "availability" TEXT,
    "criticality" TEXT,
    "depends_on" TEXT,
    "supplier" TEXT,
    "use" TEXT,
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
    org TEXT NOT NULL,
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    sort TEXT NOT NULL,
    rev INTEGER NOT NULL,
    state TEXT NOT NULL,
    archived INTEGER NOT NULL,
    imported INTEGER NOT NULL,
    also TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "origin" TEXT,
    "sources" TEXT,
    "event" TEXT NOT NULL,
    "properties" TEXT,
    "asset_types" TEXT,
    "controls" TEXT,
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "threat_sort" ON "threat" (org, archived, sort);

CREATE INDEX "threat_state" ON "threat" (org, archived, state, sort);

CREATE INDEX "threat_reference" ON "threat" (org, "reference", sort);

CREATE TABLE "vulnerability" (
    org TEXT NOT NULL,
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    sort TEXT NOT NULL,
    rev INTEGER NOT NULL,
    state TEXT NOT NULL,
    archived INTEGER NOT NULL,
    imported INTEGER NOT NULL,
    also TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "asset_types" TEXT,
    "threats" TEXT,
    "controls" TEXT,
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "vulnerability_sort" ON "vulnerability" (org, archived, sort);

CREATE INDEX "vulnerability_state" ON "vulnerability" (org, archived, state, sort);

CREATE INDEX "vulnerability_reference" ON "vulnerability" (org, "reference", sort);

CREATE TABLE "method" (
    org TEXT NOT NULL,
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    sort TEXT NOT NULL,
    rev INTEGER NOT NULL,
    state TEXT NOT NULL,
    archived INTEGER NOT NULL,
    imported INTEGER NOT NULL,
    also TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "supersedes" TEXT,
    "approach" TEXT NOT NULL,
    "treatment" TEXT NOT NULL,
    "likelihood" TEXT,
    "impact" TEXT,
    "criteria" TEXT,
    "levels" TEXT,
    "matrix" TEXT,
    "acceptable" INTEGER NOT NULL,
    "acceptance" TEXT NOT NULL,
    "approver" TEXT,
    "approved" TEXT,
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "method_sort" ON "method" (org, archived, sort);

CREATE INDEX "method_state" ON "method" (org, archived, state, sort);

CREATE TABLE "risk" (
    org TEXT NOT NULL,
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    sort TEXT NOT NULL,
    rev INTEGER NOT NULL,
    state TEXT NOT NULL,
    archived INTEGER NOT NULL,
    imported INTEGER NOT NULL,
    also TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "scenario" TEXT NOT NULL,
    "approach" TEXT,
    "assets" TEXT,
    "threats" TEXT,
    "vulnerabilities" TEXT,
    "sources" TEXT,
    "properties" TEXT,
    "owner" TEXT,
    "method" TEXT,
    "inherent" TEXT,
    "existing" TEXT NOT NULL,
    "current" TEXT,
    "option" TEXT,
    "rationale" TEXT NOT NULL,
    "controls" TEXT,
    "planned" TEXT,
    "assessed" TEXT,
    "review" TEXT,
    "acceptance" TEXT,
    "inherent_level" INTEGER,
    "current_level" INTEGER,
    "planned_level" INTEGER,
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
    org TEXT NOT NULL,
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    sort TEXT NOT NULL,
    rev INTEGER NOT NULL,
    state TEXT NOT NULL,
    archived INTEGER NOT NULL,
    imported INTEGER NOT NULL,
    also TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "risks" TEXT,
    "controls" TEXT,
    "owner" TEXT,
    "start" TEXT,
    "due" TEXT,
    "frequency" TEXT NOT NULL,
    "budget" TEXT,
    "verification" TEXT NOT NULL,
    "completed" TEXT,
    "result" TEXT NOT NULL,
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "treatment_sort" ON "treatment" (org, archived, sort);

CREATE INDEX "treatment_state" ON "treatment" (org, archived, state, sort);

CREATE INDEX "treatment_reference" ON "treatment" (org, "reference", sort);

CREATE INDEX "treatment_owner" ON "treatment" (org, "owner", sort);

CREATE INDEX "treatment_due" ON "treatment" (org, "due", sort);

CREATE TABLE "acceptance" (
    org TEXT NOT NULL,
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    sort TEXT NOT NULL,
    rev INTEGER NOT NULL,
    state TEXT NOT NULL,
    archived INTEGER NOT NULL,
    imported INTEGER NOT NULL,
    also TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "risks" TEXT,
    "reason" TEXT NOT NULL,
    "review" TEXT,
    "approver" TEXT,
    "approved" TEXT,
    "decided" TEXT,
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "acceptance_sort" ON "acceptance" (org, archived, sort);

CREATE INDEX "acceptance_state" ON "acceptance" (org, archived, state, sort);

CREATE TABLE "control" (
    org TEXT NOT NULL,
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    sort TEXT NOT NULL,
    rev INTEGER NOT NULL,
    state TEXT NOT NULL,
    archived INTEGER NOT NULL,
    imported INTEGER NOT NULL,
    also TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "source" TEXT,
    "applicability" TEXT,
    "reasons" TEXT,
    "justification" TEXT NOT NULL,
    "fact" TEXT NOT NULL,
    "owner" TEXT,
    "status" TEXT,
    "implementation" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "serves" TEXT,
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
    org TEXT NOT NULL,
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    sort TEXT NOT NULL,
    rev INTEGER NOT NULL,
    state TEXT NOT NULL,
    archived INTEGER NOT NULL,
    imported INTEGER NOT NULL,
    also TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "edition" TEXT,
    "classification" TEXT,
    "owner" TEXT,
    "note" TEXT NOT NULL,
    "approver" TEXT,
    "approved" TEXT,
    "method" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "rows" TEXT,
    PRIMARY KEY (org, id),
    UNIQUE (org, "key")
);

CREATE INDEX "soa_sort" ON "soa" (org, archived, sort);

CREATE INDEX "soa_state" ON "soa" (org, archived, state, sort);

CREATE TABLE head (
    org TEXT NOT NULL,
    n INTEGER NOT NULL,
    at TEXT NOT NULL,
    frontier TEXT NOT NULL,
    checkpoint TEXT NOT NULL,
    PRIMARY KEY (org)
);

CREATE TABLE node (
    org TEXT NOT NULL,
    i INTEGER NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (org, i)
);

CREATE TABLE revision (
    org TEXT NOT NULL,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    sort TEXT NOT NULL,
    rev INTEGER NOT NULL,
    at TEXT NOT NULL,
    "by" TEXT NOT NULL,
    action TEXT NOT NULL,
    cause TEXT NOT NULL,
    body TEXT NOT NULL,
    personal TEXT NOT NULL,
    until INTEGER,
    PRIMARY KEY (org, n),
    UNIQUE (org, id, rev)
);

CREATE INDEX revision_sort ON revision (org, kind, sort, n);

CREATE INDEX revision_key ON revision (org, "key", rev);

CREATE TABLE edge (
    org TEXT NOT NULL,
    kind TEXT NOT NULL,
    "key" TEXT NOT NULL,
    path TEXT NOT NULL,
    target_kind TEXT NOT NULL,
    target TEXT NOT NULL,
    PRIMARY KEY (org, "key", path)
);

CREATE INDEX edge_target ON edge (org, target, kind);

CREATE TABLE sequence (
    org TEXT NOT NULL,
    kind TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (org, kind)
);

CREATE TABLE search (
    doc INTEGER PRIMARY KEY,
    org TEXT NOT NULL,
    kind TEXT NOT NULL,
    "key" TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (org, "key")
);

CREATE VIRTUAL TABLE search_index USING fts5(org, title, body, content='search', content_rowid='doc', tokenize='unicode61 remove_diacritics 2');

INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1);

-- +goose StatementBegin
CREATE TRIGGER search_insert AFTER INSERT ON search BEGIN
    INSERT INTO search_index (rowid, org, title, body) VALUES (new.doc, new.org, new.title, new.body);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER search_delete AFTER DELETE ON search BEGIN
    INSERT INTO search_index (search_index, rowid, org, title, body) VALUES ('delete', old.doc, old.org, old.title, old.body);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER search_update AFTER UPDATE ON search BEGIN
    INSERT INTO search_index (search_index, rowid, org, title, body) VALUES ('delete', old.doc, old.org, old.title, old.body);
    INSERT INTO search_index (rowid, org, title, body) VALUES (new.doc, new.org, new.title, new.body);
END;
-- +goose StatementEnd
