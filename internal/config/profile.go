package config

import (
	"fmt"
	"slices"
	"strings"
)

// profile is one company by the name that the settings file gives it. The only
// company of a program that was told of it otherwise has no name.
type profile struct {
	name string
	own  layer
}

type profiles []profile

func (all profiles) has(name string) bool {
	return slices.ContainsFunc(all, func(p profile) bool { return p.name == name })
}

func (all profiles) names() string {
	var names []string
	for _, p := range all {
		names = append(names, p.name)
	}
	return strings.Join(names, ", ")
}

// chosen are the companies to work on: the one that flags or environment tell
// of, or those of the settings file. It refuses to choose between the two.
func (s Sources) chosen() (profiles, error) {
	given := settle(s.flags, s.env)
	picked := s.program()["FISKL_PROFILE"]
	made, err := boolean(given["FISKL_SANDBOX"].Text)
	switch {
	case err != nil:
		return nil, given["FISKL_SANDBOX"].wrong(notBoolean)
	case made:
		return profiles{{}}, nil
	}
	key := given["FISKL_API_KEY"]
	if key.Text == "" {
		key = given["FISKL_API_KEY_FILE"]
	}
	switch {
	case key.Text != "":
		return profiles{{}}, s.alone(key, picked)
	case picked.Text != "":
		return s.pick(picked)
	case len(s.file.companies) == 0:
		return profiles{{}}, nil
	default:
		return s.file.companies, nil
	}
}

// alone refuses a key that stands beside companies of the file.
func (s Sources) alone(key, picked Value) error {
	if picked.Text != "" {
		return fmt.Errorf("%s and %s are both set, and may belong to different companies: keep one", key.Place(), picked.Place())
	}
	if len(s.file.companies) > 0 {
		return fmt.Errorf("%s is set, and %s has companies of its own (%s): unset %s, or set FISKL_PROFILE to one of them instead",
			key.name, s.file.path, s.file.companies.names(), key.name)
	}
	return nil
}

func (s Sources) pick(picked Value) (profiles, error) {
	if len(s.file.companies) == 0 {
		return nil, picked.wrong("names a company, and there are none in a settings file")
	}
	i := slices.IndexFunc(s.file.companies, func(p profile) bool { return p.name == picked.Text })
	if i < 0 {
		return nil, picked.wrong("is none of the companies in " + s.file.path + ": " + s.file.companies.names())
	}
	return s.file.companies[i : i+1], nil
}

// apart refuses two companies with the same key: one of them would work on the
// other's books.
func apart(companies []Company) error {
	seen := make(map[string]string)
	for _, c := range companies {
		if c.Key.IsZero() {
			continue
		}
		if other, twice := seen[c.Key.Digest()]; twice {
			return fmt.Errorf("%s and %s have the same API key, so they are one company: give each its own", other, c.Name)
		}
		seen[c.Key.Digest()] = c.Name
	}
	return nil
}
