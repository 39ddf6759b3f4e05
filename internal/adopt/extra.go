package adopt

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// extras keeps reads that we have no operation for. It returns how many more
// there are than can be offered.
func (a *adoption) extras(theirs []contract.Operation, paired []pairing) int {
	left := 0
	for _, t := range theirs {
		used := slices.ContainsFunc(paired, func(p pairing) bool { return p.theirs.Method == t.Method && p.theirs.Path == t.Path })
		if used || t.Method != http.MethodGet || t.Answer == nil || t.Deprecated {
			continue
		}
		if !a.keep(t) {
			left++
		}
	}
	return left
}

// keep adds a read to the dialect, if it can be offered.
func (a *adoption) keep(t contract.Operation) bool {
	name := extraName(t)
	extra, ok := extraOf(t)
	trial := dialect.Dialect{Version: dialect.Version, Extra: map[string]dialect.Extra{name: extra}}
	if _, twice := a.dialect.Extra[name]; !ok || twice || len(a.dialect.Extra) == dialect.MaxExtras || trial.Validate() != nil {
		return false
	}
	if a.dialect.Extra == nil {
		a.dialect.Extra = make(map[string]dialect.Extra)
	}
	a.dialect.Extra[name] = extra
	return true
}

// extraName is the name of a tool: what the path is about, and whether it is
// one record.
func extraName(t contract.Operation) string {
	words := regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(strings.ToLower(snake(resource(t.Path))), "_")
	name := "read_" + strings.Trim(words, "_")
	if len(t.InPath) > 0 && strings.HasSuffix(t.Path, "}") {
		name += "_record"
	}
	return name
}

// snake puts a mark between the words of creditNotes.
func snake(s string) string {
	return regexp.MustCompile(`([a-z0-9])([A-Z])`).ReplaceAllString(s, "${1}_$2")
}

// extraOf is what the dialect keeps of an operation. Its texts are cut and
// cleaned, for they reach a model as part of this program's own.
func extraOf(t contract.Operation) (dialect.Extra, bool) {
	e := dialect.Extra{Path: t.Path, Summary: short(firstOf(t.Summary, t.Description))}
	for _, p := range t.InPath {
		e.Parameters = append(e.Parameters, extraParameter(p))
	}
	for _, p := range t.Query {
		switch one := extraParameter(p); {
		case dialect.PlainParameter(p.Name) && len(e.Parameters) < maxParameters:
			e.Parameters = append(e.Parameters, one)
		case p.Required:
			return e, false
		}
	}
	return e, true
}

// maxParameters is how many an extra tool can have; a dialect with more is
// refused.
const maxParameters = 12

func extraParameter(p contract.Parameter) dialect.ExtraParameter {
	one := dialect.ExtraParameter{Name: p.Name, Type: "string", Description: short(p.Description), Required: p.Required}
	if p.Value != nil {
		if one.Description == "" {
			one.Description = short(p.Value.Description)
		}
		if slices.Contains([]string{"integer", "number", "boolean"}, p.Value.Kind) {
			one.Type = p.Value.Kind
		}
	}
	return one
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if strings.TrimSpace(t) != "" {
			return t
		}
	}
	return ""
}

func short(s string) string {
	return schemas.Clean(strings.Join(strings.Fields(s), " "), dialect.MaxExtraText)
}
