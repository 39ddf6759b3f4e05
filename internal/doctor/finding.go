// Package doctor finds out why this program does not work for somebody, or
// that it does. What it says can be shown to anybody: it holds no key and
// nothing of the books.
package doctor

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Verdict is how much a finding matters.
type Verdict string

// The verdicts.
const (
	OK      Verdict = "ok"
	Note    Verdict = "note"    // worth knowing; the program works
	Problem Verdict = "problem" // the program cannot be used like that
)

// Finding is what one check found.
type Finding struct {
	Check   string   `json:"check"`
	Company string   `json:"company,omitempty"` // where there are several
	Verdict Verdict  `json:"verdict"`
	Says    string   `json:"says"`
	Details []string `json:"details,omitempty"`
	Do      string   `json:"do,omitempty"`
}

// Report is all findings, in the order in which somebody should look at them.
type Report struct {
	Version  string    `json:"version"`
	Usable   bool      `json:"usable"`
	Findings []Finding `json:"findings"`
}

// NewReport makes a report. No secret is left in it, whatever an answer or a
// file may have repeated.
func NewReport(version string, all []Finding, secrets ...string) Report {
	r := Report{Version: version, Usable: true, Findings: []Finding{}}
	for _, f := range all {
		f.Says, f.Do = fit(f.Says, secrets), fit(f.Do, secrets)
		details := make([]string, 0, len(f.Details))
		for _, d := range f.Details {
			details = append(details, fit(d, secrets))
		}
		f.Details = details
		r.Findings = append(r.Findings, f)
		r.Usable = r.Usable && f.Verdict != Problem
	}
	return r
}

// longest is how long a sentence can be.
const longest = 1000

// fit makes a sentence that can be shown at a terminal.
func fit(s string, secrets []string) string {
	for _, one := range secrets {
		if one != "" {
			s = strings.ReplaceAll(s, one, "(not shown)")
		}
	}
	return schemas.Clean(secret.Mask(s), longest)
}

// Text writes the report for a person.
func (r Report) Text(out io.Writer) error {
	var b strings.Builder
	company := ""
	for _, f := range r.Findings {
		if f.Company != company {
			if company = f.Company; company != "" {
				fmt.Fprintf(&b, "\ncompany %s\n", company)
			} else {
				b.WriteString("\n")
			}
		}
		f.text(&b)
	}
	b.WriteString("\n" + r.verdict() + "\n")
	_, err := io.WriteString(out, b.String())
	return err
}

// text is a finding in lines of which the first is enough to go by.
func (f Finding) text(b *strings.Builder) {
	const below = "                         "
	fmt.Fprintf(b, "%-8s %-15s %s\n", f.Verdict, f.Check, f.Says)
	for _, d := range f.Details {
		b.WriteString(below + "- " + d + "\n")
	}
	if f.Do != "" {
		b.WriteString(below + "> " + f.Do + "\n")
	}
}

func (r Report) verdict() string {
	count := func(v Verdict) int {
		n := 0
		for _, f := range r.Findings {
			if f.Verdict == v {
				n++
			}
		}
		return n
	}
	switch problems, notes := count(Problem), count(Note); {
	case problems > 0:
		first := slices.IndexFunc(r.Findings, func(f Finding) bool { return f.Verdict == Problem })
		return fmt.Sprintf("Not usable: %s. Begin with the first: %s.", numbered(problems, "problem"), r.Findings[first].Check)
	case notes > 0:
		return fmt.Sprintf("Usable, with %s.", numbered(notes, "note"))
	default:
		return "Usable."
	}
}

func numbered(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
