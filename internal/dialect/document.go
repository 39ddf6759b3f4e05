package dialect

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/BurntSushi/toml"
)

// MaxSize bounds a dialect's document, in bytes.
const MaxSize = 1 << 20

// Read reads a dialect and refuses one that cannot be meant.
func Read(r io.Reader) (*Dialect, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return nil, err
	}
	if len(b) > MaxSize {
		return nil, fmt.Errorf("it is larger than %d MB", MaxSize>>20)
	}
	var d Dialect
	meta, err := toml.NewDecoder(bytes.NewReader(b)).Decode(&d)
	if err != nil {
		return nil, errors.New(firstLine(err.Error()))
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return nil, fmt.Errorf("%s is no part of a dialect", unknown[0])
	}
	if i := slices.IndexFunc(meta.Keys(), misspelt); i >= 0 {
		return nil, fmt.Errorf("%s is no part of a dialect: the key is written in small letters", meta.Keys()[i])
	}
	return &d, d.Validate()
}

// misspelt reports a key of ours in other letters. The decoder takes "First" for
// "first"; where a document has both, which of them counts is left to chance.
func misspelt(key toml.Key) bool {
	ours := len(key) == 1 || len(key) == 2 && key[0] == "pages" || len(key) == 3 && (key[0] == "operations" || key[0] == "extra")
	last := key[len(key)-1]
	return ours && last != strings.ToLower(last)
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// Write writes a dialect as TOML.
func (d *Dialect) Write(w io.Writer) error {
	e := toml.NewEncoder(w)
	e.Indent = ""
	return e.Encode(d)
}

// Validate says what is wrong with a dialect.
func (d *Dialect) Validate() error {
	switch {
	case d.Version != Version:
		return fmt.Errorf("its version is %d, and this program reads version %d", d.Version, Version)
	case !d.Amounts.valid():
		return fmt.Errorf("amounts cannot be %q: they are %q, %q, %q or %q", d.Amounts, MinorUnits, MinorText, DecimalNumber, DecimalText)
	case !d.Dates.valid():
		return fmt.Errorf("dates cannot be %q", d.Dates)
	}
	general := cmp.Or(d.Pages.validate(), prefixed("members", validMembers(d.Members)))
	if general != nil {
		return general
	}
	for _, name := range slices.Sorted(maps.Keys(d.Operations)) {
		if err := d.Operations[name].validate(); err != nil {
			return fmt.Errorf("operations.%s: %w", name, err)
		}
	}
	return cmp.Or(d.validWords(), d.validExtras())
}

func (p Pages) validate() error {
	switch {
	case p.First < 0 || p.First > 1:
		return fmt.Errorf("pages.first is %d; it can be 0 or 1", p.First)
	case p.Largest < 0 || p.Largest > 10000:
		return fmt.Errorf("pages.largest is %d; it can be up to 10000", p.Largest)
	case p.Total != "" && p.Total != "-":
		return fmt.Errorf("pages.total is %q; it can only be %q, for a total that is not believed", p.Total, "-")
	}
	return prefixed("pages", validParameters(map[string]string{"page": cmp.Or(p.Page, "page"), "size": cmp.Or(p.Size, "size")}))
}

func (o Operation) validate() error {
	methods := []string{"", http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch}
	switch {
	case !slices.Contains(methods, o.Method):
		return fmt.Errorf("%q is no method; it can be GET, POST, PUT or PATCH", o.Method)
	case o.Path != "" && !plainPath(o.Path):
		return fmt.Errorf("%q is no path such as /v1/invoices/{id}", o.Path)
	case !o.Amounts.valid():
		return fmt.Errorf("amounts cannot be %q", o.Amounts)
	case !o.Dates.valid():
		return fmt.Errorf("dates cannot be %q", o.Dates)
	case o.Answer != "" && !validPlace(o.Answer):
		return fmt.Errorf("answer cannot be %q", o.Answer)
	}
	if i := slices.IndexFunc(o.Missing, func(path string) bool { return !validPlace(path) }); i >= 0 {
		return fmt.Errorf("missing: %q cannot be the name of a member", o.Missing[i])
	}
	return cmp.Or(
		prefixed("parameters", validParameters(o.Parameters)),
		prefixed("members", validMembers(o.Members)),
		prefixed("body", validMembers(o.Body)),
		prefixed("factors", validFactors(o.Factors)),
	)
}

func prefixed(part string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", part, err)
}

// plainPath reports a path of plain words and parameters: nothing in it climbs
// or leaves the host.
func plainPath(path string) bool {
	return regexp.MustCompile(`^(/([A-Za-z0-9_~-][A-Za-z0-9._~-]*|\{[A-Za-z]+\}))+$`).MatchString(path)
}

func validParameters(names map[string]string) error {
	taken := make(map[string]string)
	for _, ours := range slices.Sorted(maps.Keys(names)) {
		theirs := names[ours]
		if theirs != "-" && !validPlace(theirs) {
			return fmt.Errorf("%q cannot be the name of a parameter", theirs)
		}
		if other, ok := taken[theirs]; ok && theirs != "-" {
			return fmt.Errorf("%s and %s are both %q", other, ours, theirs)
		}
		taken[theirs] = ours
	}
	return nil
}

// validMembers refuses members of which two come from one place, or of which
// one lies within another that is read whole.
func validMembers(members map[string]string) error {
	taken := make(map[string]string)
	for _, path := range slices.Sorted(maps.Keys(members)) {
		if path != "*" && !validPlace(strings.TrimSuffix(path, ".*")) {
			return fmt.Errorf("%q cannot be the name of a member", path)
		}
		record := parent(path)
		if strings.HasSuffix("."+path, ".*") {
			record = path
		}
		for theirs := range strings.SplitSeq(members[path], minus) {
			if !validPlace(theirs) {
				return fmt.Errorf("%s: %q cannot be the name of a member", path, theirs)
			}
			at := record + "/" + theirs
			if other, ok := taken[at]; ok {
				return fmt.Errorf("%s and %s are both %q", other, path, theirs)
			}
			taken[at] = path
		}
	}
	return nested(taken)
}

// nested refuses a place that lies within another.
func nested(taken map[string]string) error {
	for _, at := range slices.Sorted(maps.Keys(taken)) {
		for up := at; strings.Contains(up, "."); {
			up = up[:strings.LastIndexByte(up, '.')]
			if other, ok := taken[up]; ok && strings.Contains(up, "/") {
				return fmt.Errorf("%s lies within %s", taken[at], other)
			}
		}
	}
	return nil
}

// validPlace reports a path of names that can be meant.
func validPlace(path string) bool {
	return len(path) <= 200 && !slices.ContainsFunc(strings.Split(path, "."), func(name string) bool {
		return name == "" || strings.ContainsAny(name, `"\/*`) || strings.ContainsFunc(name, unicode.IsControl) || strings.TrimSpace(name) != name
	})
}

func (d *Dialect) validWords() error {
	for _, vocabulary := range slices.Sorted(maps.Keys(d.Words)) {
		if err := validVocabulary(d.Words[vocabulary]); err != nil {
			return fmt.Errorf("words.%s: %w", vocabulary, err)
		}
	}
	return nil
}

func validVocabulary(words map[string]string) error {
	taken := make(map[string]string)
	for _, ours := range slices.Sorted(maps.Keys(words)) {
		none := true
		for theirs := range commas(words[ours]) {
			none = false
			if strings.ContainsFunc(theirs, unicode.IsControl) {
				return fmt.Errorf("%q cannot be a word", theirs)
			}
			if other, ok := taken[theirs]; ok {
				return fmt.Errorf("%s and %s are both %q", other, ours, theirs)
			}
			taken[theirs] = ours
		}
		if none {
			return fmt.Errorf("%s has no word", ours)
		}
	}
	return nil
}

// commas are the words between commas.
func commas(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for one := range strings.SplitSeq(s, ",") {
			if one = strings.TrimSpace(one); one != "" && !yield(one) {
				return
			}
		}
	}
}
