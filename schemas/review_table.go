package schemas

import "strconv"

// Tables lay the findings out first, then what they rest on, then the checks.
func (r Review) Tables() []Table {
	findings := Table{Title: "findings", Columns: []string{"no", "severity", "check", "finding", "amount", "currency", "next"}}
	evidence := Table{Title: "evidence", Columns: []string{"of", "record_type", "record_id", "number", "name", "date", "amount", "currency", "note"}}
	for i, f := range r.Findings {
		no := strconv.Itoa(i + 1)
		findings.Rows = append(findings.Rows, []string{no, string(f.Severity), f.Check, f.What, string(f.Amount), f.Currency, f.Next})
		for _, e := range f.Evidence {
			evidence.Rows = append(evidence.Rows, []string{no, e.RecordType, string(e.RecordID), e.Number, e.Name, string(e.Date), string(e.Amount), e.Currency, e.Note})
		}
		if f.More > 0 {
			evidence.Rows = append(evidence.Rows, []string{no, "and " + strconv.Itoa(f.More) + " more"})
		}
	}
	checks := Table{Title: "checks", Columns: []string{"check", "findings", "why"}}
	for _, c := range r.Checks {
		checks.Rows = append(checks.Rows, []string{c.Check, strconv.Itoa(c.Findings), c.Why})
	}
	skipped := Table{Title: "not checked", Columns: []string{"check", "reason"}}
	for _, s := range r.Skipped {
		skipped.Rows = append(skipped.Rows, []string{s.Check, s.Reason})
	}
	var out []Table
	for _, t := range []Table{findings, evidence, checks, skipped} {
		if len(t.Rows) > 0 {
			out = append(out, t)
		}
	}
	return out
}
