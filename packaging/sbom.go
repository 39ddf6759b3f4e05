package main

import (
	"debug/buildinfo"
	"path/filepath"
)

// bom is a bill of materials in the form of CycloneDX.
type bom struct {
	Format      string         `json:"bomFormat"`
	SpecVersion string         `json:"specVersion"`
	Version     int            `json:"version"`
	Metadata    bomMetadata    `json:"metadata"`
	Components  []bomComponent `json:"components"`
}

type bomMetadata struct {
	Component bomComponent `json:"component"`
}

type bomComponent struct {
	Type       string        `json:"type"`
	Name       string        `json:"name"`
	Version    string        `json:"version"`
	PURL       string        `json:"purl"`
	Properties []bomProperty `json:"properties,omitempty"`
}

type bomProperty struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// writeSBOM lists what a program was built from, as the Go tool recorded it in
// the program itself.
func writeSBOM(program, file string) error {
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		return err
	}
	b := bom{Format: "CycloneDX", SpecVersion: "1.6", Version: 1}
	b.Metadata.Component = component("application", info.Main.Path, info.Main.Version)
	b.Components = []bomComponent{component("library", "std", info.GoVersion)}
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		c := component("library", m.Path, m.Version)
		c.Properties = []bomProperty{{"go:sum", m.Sum}}
		b.Components = append(b.Components, c)
	}
	return writeJSON(filepath.Clean(file), b)
}

func component(kind, path, version string) bomComponent {
	return bomComponent{Type: kind, Name: path, Version: version, PURL: "pkg:golang/" + path + "@" + version}
}
