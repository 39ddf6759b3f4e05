package app

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// sources are everything that was set, the strongest first.
type sources struct {
	flags, env layer
	file       file
	folder     string // in which the settings file is, or would be; empty for none
}

// consult reads flags, environment and settings file. Its errors name the file
// or the variable; whether the values can be used is for Read to say.
func consult(e outside, given map[string]string) (sources, error) {
	s := sources{flags: fromFlags(given)}
	named := cmp.Or(s.flags["FISKL_CONFIG"].text, e.variables.get("FISKL_CONFIG"))
	path := named
	if path == "" {
		path = e.usualFile()
	}
	var err error
	if path != "" {
		s.folder = filepath.Dir(path)
		s.file, err = readFile(path, named != "")
	}
	if err != nil {
		return sources{}, err
	}
	s.env, err = fromEnvironment(e.variables, s.file.keyVariables())
	return s, err
}

// program is what is set for the whole program.
func (s sources) program() layer { return settle(s.flags, s.env, s.file.shared) }

// of is what is set for one company.
func (s sources) of(p profile) layer {
	settled := settle(s.flags, s.env, p.own, s.file.shared)
	settled[keyVariable] = p.own[keyVariable]
	return settled
}

// settingsFile is the path of the settings file and the names of the companies
// in it, with commas between them; empty when there is no such file.
func (s sources) settingsFile() (path, companies string) {
	return s.file.path, s.file.companies.names()
}

// changed lists the settings that are not at their defaults, one line each: the
// name, the value unless it is secret, and who set it. Companies are those whose
// own settings count.
func (s sources) changed(companies []companyConfig) []string {
	layers := []layer{s.program()}
	for _, one := range companies {
		layers = append(layers, one.set)
	}
	var lines []string
	for _, set := range append(settings(), setting{env: keyVariable}) {
		for _, l := range layers {
			v := l[set.env]
			line := fmt.Sprintf("%s = %s, from %s", set.env, set.display(v), s.origin(set, v))
			if v.text != "" && v.text != set.initial && !slices.Contains(lines, line) {
				lines = append(lines, line)
			}
		}
	}
	return lines
}

// origin says who set a value.
func (s sources) origin(set setting, v value) string {
	switch {
	case v.file != "":
		return v.place()
	case s.flags[set.env] == v && v.text != "":
		return "the flag --" + set.flag
	default:
		return "the environment"
	}
}

// display shows a value, unless it is a secret or may hold one.
func (s setting) display(v value) string {
	switch {
	case s.env == "FISKL_API_KEY" && secret.IsKey(v.text):
		return "(set) " + secret.Prefix(secret.New(strings.TrimSpace(v.text)))
	case s.flag == "" && s.env != keyVariable:
		return "(set)"
	case strings.Contains(v.text, "@"):
		return "(not shown, for it may hold a password)"
	default:
		return secret.Quote(v.text)
	}
}
