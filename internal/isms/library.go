package isms

import "embed"

// Library is Stele's own threats and vulnerabilities, as files of records; their controls are numbered as
// in the 2022 edition.
//
//go:embed library/*.yaml
var Library embed.FS
