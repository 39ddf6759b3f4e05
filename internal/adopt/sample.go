package adopt

import (
	"regexp"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// sample is an answer as a document describes it, so that the names in it can
// be looked for as in a real one. Its amounts are all zero: nothing may be
// concluded from their sums.
func sample(name string, v *contract.Value) dialect.Node {
	if v == nil {
		return dialect.Text("text")
	}
	switch v.Kind {
	case "object":
		return sampleObject(v)
	case "array":
		out := dialect.Node{Type: dialect.Array}
		if v.Item != nil {
			out.Items = []dialect.Node{sample(name, v.Item)}
		}
		return out
	case "boolean":
		return dialect.Node{Type: dialect.Bool, Raw: []byte("true")}
	case "integer", "number":
		return sampleNumber(v)
	default:
		return dialect.Text(sampleText(name, v))
	}
}

func sampleObject(v *contract.Value) dialect.Node {
	out := dialect.Node{Type: dialect.Object}
	for _, f := range v.Fields {
		out.Members = append(out.Members, dialect.Member{Name: f.Name, Value: sample(f.Name, f.Value)})
	}
	if len(v.Fields) == 0 && v.Each != nil {
		out.Members = append(out.Members, dialect.Member{Name: "other", Value: sample("other", v.Each)})
	}
	return out
}

func sampleNumber(v *contract.Value) dialect.Node {
	raw := "0"
	switch epochOf(v) {
	case dialect.EpochMillis:
		raw = "1773446400000"
	case dialect.EpochSecs:
		raw = "1773446400"
	default: // it is no date
	}
	return dialect.Node{Type: dialect.Number, Raw: []byte(raw)}
}

func sampleText(name string, v *contract.Value) string {
	switch {
	case len(v.Words) > 0:
		return v.Words[0]
	case isDated(name, v):
		return "2026-03-14"
	case isNumeric(name, v):
		return "0"
	default:
		return "text"
	}
}

// isDated reports a text that is a date by what is said of it, or by its name
// where nothing is.
func isDated(name string, v *contract.Value) bool {
	switch {
	case v.Format == "date" || v.Format == "date-time" || layoutOf(v) != "":
		return true
	case v.Format != "" || v.Example != "" || v.Pattern != "":
		return regexp.MustCompile(`^\d{4}-\d{2}-\d{2}`).MatchString(v.Example)
	}
	words := dialect.WordsOf(name)
	return slices.Contains(words, "date") || len(words) > 1 && slices.Contains([]string{"at", "on"}, words[len(words)-1])
}

// isNumeric reports a text that is a number.
func isNumeric(name string, v *contract.Value) bool {
	switch {
	case slices.Contains([]string{"decimal", "money", "currency", "bigdecimal", "number", "numeric", "double", "int64"}, strings.ToLower(v.Format)):
		return true
	case v.Pattern != "":
		return strings.Contains(v.Pattern, `\d`) && !strings.ContainsAny(v.Pattern, "A-Zbcefghijklmnopqrstuvwxyz") || isDecimalPattern(v.Pattern)
	case v.Example != "":
		return regexp.MustCompile(`^-?\d+(\.\d+)?$`).MatchString(v.Example) && !isID(name)
	case v.Format != "":
		return false
	}
	return says(v, "decimal", "amount") || isAmountName(name)
}

func isDecimalPattern(pattern string) bool {
	return strings.Contains(pattern, `\.`) && (strings.Contains(pattern, `\d`) || strings.Contains(pattern, "0-9"))
}

func isID(name string) bool { return slices.Contains(dialect.WordsOf(name), "id") }

func isAmountName(name string) bool {
	amounts := []string{"total", "subtotal", "amount", "price", "balance", "outstanding", "gross", "net", "debit", "credit"}
	words := dialect.WordsOf(name)
	return len(words) > 0 && slices.Contains(amounts, words[len(words)-1])
}

// says reports a description that has one of some words.
func says(v *contract.Value, words ...string) bool {
	s := strings.ToLower(v.Description)
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}
