package config

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// Sources are everything that was set, the strongest first.
type Sources struct {
	flags, env layer
	file       file
	folder     string // in which the settings file is, or would be; empty for none
}

// Consult reads flags, environment and settings file. Its errors name the file
// or the variable; whether the values can be used is for Read to say.
func Consult(e Environment, flags map[string]string) (Sources, error) {
	s := Sources{flags: fromFlags(flags)}
	named := cmp.Or(s.flags["FISKL_CONFIG"].Text, e.Variables.Get("FISKL_CONFIG"))
	path := named
	if path == "" {
		path = e.UsualFile()
	}
	var err error
	if path != "" {
		s.folder = filepath.Dir(path)
		s.file, err = readFile(path, named != "")
	}
	if err != nil {
		return Sources{}, err
	}
	s.env, err = fromEnvironment(e.Variables, s.file.keyVariables())
	return s, err
}

// program is what is set for the whole program.
func (s Sources) program() layer { return settle(s.flags, s.env, s.file.shared) }

// of is what is set for one company.
func (s Sources) of(p profile) layer {
	settled := settle(s.flags, s.env, p.own, s.file.shared)
	settled[keyVariable] = p.own[keyVariable]
	return settled
}

// SettingsFile is the path of the settings file and the names of the companies
// in it, with commas between them; empty when there is no such file.
func (s Sources) SettingsFile() (path, companies string) {
	return s.file.path, s.file.companies.names()
}

// Changed lists the settings that are not at their defaults, one line each: the
// name, the value unless it is secret, and who set it. Companies are those whose
// own settings count.
func (s Sources) Changed(companies []Company) []string {
	layers := []layer{s.program()}
	for _, one := range companies {
		layers = append(layers, one.set)
	}
	var lines []string
	for _, set := range append(Settings(), Setting{Env: keyVariable}) {
		for _, l := range layers {
			v := l[set.Env]
			line := fmt.Sprintf("%s = %s, from %s", set.Env, set.display(v), s.origin(set, v))
			if v.Text != "" && v.Text != set.Initial && !slices.Contains(lines, line) {
				lines = append(lines, line)
			}
		}
	}
	return lines
}

// origin says who set a value.
func (s Sources) origin(set Setting, v Value) string {
	switch {
	case v.File != "":
		return v.Place()
	case s.flags[set.Env] == v && v.Text != "":
		return "the flag --" + set.Flag
	default:
		return "the environment"
	}
}

// display shows a value, unless it is a secret or may hold one.
func (s Setting) display(v Value) string {
	switch {
	case s.Env == "FISKL_API_KEY" && secret.IsKey(v.Text):
		return "(set) " + secret.Prefix(secret.New(strings.TrimSpace(v.Text)))
	case s.Flag == "" && s.Env != keyVariable:
		return "(set)"
	case strings.Contains(v.Text, "@"):
		return "(not shown, for it may hold a password)"
	default:
		return secret.Quote(v.Text)
	}
}
