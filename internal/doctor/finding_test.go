package doctor_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/doctor"
)

// TestReport finds that no secret and nothing that moves a terminal gets out,
// whoever put it into a finding.
func TestReport(t *testing.T) {
	t.Parallel()
	const secret = "fsk_canaryDEF456"
	r := doctor.NewReport("1.2.3", []doctor.Finding{
		{Check: "host", Verdict: doctor.OK, Says: "It said " + secret + ".", Details: []string{secret, "\x1b[2Jgone"}, Do: "Keep " + secret},
		{Check: "clients", Company: "acme", Verdict: doctor.Note, Says: "Two\nlines, and fsk_ab-canary of somebody else."},
	}, "", secret)
	var text strings.Builder
	if err := r.Text(&text); err != nil {
		t.Fatal(err)
	}
	inJSON, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, shown := range []string{text.String(), string(inJSON)} {
		if strings.Contains(shown, "canary") || strings.ContainsAny(shown, "\x1b") || strings.Count(shown, "(not shown)") != 3 {
			t.Errorf("got %s", shown)
		}
	}
	if !r.Usable || !strings.HasSuffix(text.String(), "\nUsable, with 1 note.\n") || !strings.Contains(text.String(), "\ncompany acme\n") {
		t.Errorf("got %s", text.String())
	}
}

// TestVerdict finds the last line of a report.
func TestVerdict(t *testing.T) {
	t.Parallel()
	for want, verdicts := range map[string][]doctor.Verdict{
		"Usable.":               {doctor.OK},
		"Usable, with 2 notes.": {doctor.Note, doctor.Note},
		"Not usable: 2 problems. Begin with the first: b.": {doctor.Note, doctor.Problem, doctor.Problem},
	} {
		var all []doctor.Finding
		for i, v := range verdicts {
			all = append(all, doctor.Finding{Check: string(rune('a' + i)), Verdict: v, Says: "So."})
		}
		var text strings.Builder
		r := doctor.NewReport("", all)
		if err := r.Text(&text); err != nil || !strings.HasSuffix(text.String(), "\n"+want+"\n") || r.Usable != strings.HasPrefix(want, "Usable") {
			t.Errorf("got %q, %v", text.String(), err)
		}
	}
}
