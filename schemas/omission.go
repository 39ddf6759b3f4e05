package schemas

// Omission is what an answer leaves out because it would be too long.
type Omission struct {
	AccountsOmitted int    `json:"accounts_omitted,omitempty" jsonschema_description:"Accounts left out because the answer would be too long; the totals cover them"`
	OmittedNote     string `json:"omitted_note,omitempty" jsonschema_description:"How to get them"`
}

// Ours names how to get what is left out.
func (Omission) Ours() []string { return []string{"omitted_note"} }

func (o *Omission) omit(n int) {
	o.AccountsOmitted += n
	o.OmittedNote = "the answer would be too long with every account; totals are of all of them. export_report writes the whole report to a file"
}

// Len returns the number of accounts.
func (r *Report) Len() int {
	n := 0
	for _, s := range r.Sections {
		n += len(s.Rows)
	}
	return n
}

// Cut leaves the accounts out, all of them: sections and totals stay, and a
// section with some of its accounts would look as if it were whole.
func (r *Report) Cut(int) {
	r.omit(r.Len())
	for i := range r.Sections {
		r.Sections[i].Rows = []AccountAmount{}
	}
}

// Len returns the number of accounts.
func (b *TrialBalance) Len() int { return len(b.Rows) }

// Cut keeps the first n accounts.
func (b *TrialBalance) Cut(n int) {
	if n < len(b.Rows) {
		b.omit(len(b.Rows) - n)
		b.Rows = b.Rows[:n]
	}
}

// Len returns the number of accounts.
func (c *Comparison) Len() int { return len(c.Rows) }

// Cut keeps the n accounts that changed most.
func (c *Comparison) Cut(n int) {
	if n < len(c.Rows) {
		c.omit(len(c.Rows) - n)
		c.Rows = c.Rows[:n]
	}
}
