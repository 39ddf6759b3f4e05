package dialect

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Extra is something that the API can be asked and that this program has no
// tool of its own for: always a GET. Its name begins with "read_", as that of no
// other tool does.
type Extra struct {
	Path       string           `toml:"path"`
	Summary    string           `toml:"summary,omitempty"`
	Parameters []ExtraParameter `toml:"parameters,omitempty"`
}

// ExtraParameter is a parameter of its path, where it stands in braces, or of
// its query.
type ExtraParameter struct {
	Name        string `toml:"name"`
	Type        string `toml:"type"` // string, integer, number or boolean
	Description string `toml:"description,omitempty"`
	Required    bool   `toml:"required,omitempty"`
}

// Bounds of what a dialect may add: every tool costs every request.
const (
	MaxExtras          = 12
	MaxExtraText       = 200
	maxExtraParameters = 12
)

// InPath are the names of the parameters in the path, in order.
func (e Extra) InPath() []string {
	var all []string
	for part := range strings.SplitSeq(e.Path, "/") {
		if name := strings.Trim(part, "{}"); name != part {
			all = append(all, name)
		}
	}
	return all
}

func (d *Dialect) validExtras() error {
	if len(d.Extra) > MaxExtras {
		return fmt.Errorf("extra: there are %d, and at most %d can be offered", len(d.Extra), MaxExtras)
	}
	for _, name := range slices.Sorted(maps.Keys(d.Extra)) {
		if !regexp.MustCompile(`^read_[a-z0-9_]{1,50}$`).MatchString(name) {
			return fmt.Errorf("extra: %q is no name such as read_credit_notes", name)
		}
		if err := d.Extra[name].Validate(); err != nil {
			return fmt.Errorf("extra.%s: %w", name, err)
		}
	}
	return nil
}

// Validate says what is wrong with one of them.
func (e Extra) Validate() error {
	switch {
	case !regexp.MustCompile(`^(/([A-Za-z0-9_~-][A-Za-z0-9._~-]*|\{[A-Za-z0-9_]{1,40}\}))+$`).MatchString(e.Path):
		return fmt.Errorf("%q is no path such as /v1/credit-notes/{id}", e.Path)
	case !shortText(e.Summary):
		return fmt.Errorf("its summary is longer than %d characters or has some that cannot be shown", MaxExtraText)
	case len(e.Parameters) > maxExtraParameters:
		return fmt.Errorf("it has %d parameters; at most %d can be offered", len(e.Parameters), maxExtraParameters)
	}
	var names []string
	for _, p := range e.Parameters {
		if err := p.validate(); err != nil {
			return err
		}
		if slices.Contains(names, p.Name) {
			return fmt.Errorf("it has the parameter %s twice", p.Name)
		}
		names = append(names, p.Name)
	}
	for _, name := range e.InPath() {
		if !slices.Contains(names, name) {
			return fmt.Errorf("its parameters lack %s, which is in its path", name)
		}
	}
	return nil
}

func (p ExtraParameter) validate() error {
	switch {
	case !PlainParameter(p.Name):
		return fmt.Errorf("%q cannot be the name of a parameter", p.Name)
	case !slices.Contains([]string{"string", "integer", "number", "boolean"}, p.Type):
		return fmt.Errorf("the type of %s cannot be %q", p.Name, p.Type)
	case !shortText(p.Description):
		return fmt.Errorf("the description of %s is longer than %d characters or has some that cannot be shown", p.Name, MaxExtraText)
	default:
		return nil
	}
}

// PlainParameter reports a name that a tool's argument can have. company is
// taken, where there are several.
func PlainParameter(name string) bool {
	return name != "company" && regexp.MustCompile(`^[A-Za-z0-9_.-]{1,60}$`).MatchString(name)
}

func shortText(s string) bool {
	return utf8.RuneCountInString(s) <= MaxExtraText && utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) })
}
