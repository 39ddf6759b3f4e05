package review

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// check is one thing that is looked for.
type check struct {
	name, why string
	needs     []Source
	find      func(*Books) []finding

	// unable says why it cannot be made with what was read; nil means never.
	unable func(*Books) string

	// partly says which part of it cannot be made, and why; nil means none.
	partly func(*Books) (part, reason string)
}

// finding is a finding with what it is ranked by.
type finding struct {
	schemas.Finding

	weight decimal.Decimal // in the base currency; zero where that is not known
	always bool            // it is shown whatever it comes to
}

func checks() []check {
	return []check{
		{"gaps and repeats in invoice numbers", "tax offices expect an unbroken series, and a missing number may be a sale that was deleted", []Source{Invoices}, numbers, nil, nil},
		{"bills entered twice", "the cost and its tax count twice, and the bill may be paid twice", []Source{Payable}, repeatedBills, namelessBills, nil},
		{"payments entered twice", "the bank will not agree, and somebody's balance is wrong", []Source{Payments, Payable, Cash}, repeatedPayments, namelessPayments, nil},
		{"invoices raised twice", "income and tax count twice, and the client is asked for the money twice", []Source{Invoices}, repeatedInvoices, strange, nil},
		{"dates that cannot be right", "the figures stand in the wrong month, or in one that is closed", []Source{Invoices, Payments}, dates, nil, nil},
		{"drafts and quotes left over", "work that was done and not billed, or an offer that nobody followed up", []Source{Invoices, Quotes}, leftovers, strangeQuotes, nil},
		{"overdue for long", "the older a debt, the less likely it is paid; it may have to be written off", []Source{Receivables, Payables}, overdue, nil, nil},
		{"clients and vendors in credit", "money that is owed back, or a payment booked to the wrong invoice", []Source{Receivables, Payables}, inCredit, nil, nil},
		{"clients that pay later and later", "a client in difficulty shows here before anything is overdue", []Source{Invoices, Payments, Year}, slowing, strange, nil},
		{"unusual tax on sales", "the tax return is wrong, and the client may have to be billed anew", []Source{Sales}, taxHabits, untoldTax, nil},
		{"accounts that should be near nothing", "what stands there is waiting to be put where it belongs", []Source{Trial}, nearNothing, nil, nil},
		{"negative bank accounts", "an account overdrawn in the books and not at the bank lacks money received, or holds something twice", []Source{Trial, Accounts}, overdrawn, cashless, nil},
		{"costs and margin out of line", "something is missing, twice there, or booked to the wrong account or month", []Source{Months}, outOfLine, unlike, unjudged},
		{"changes after sign-off", "what was reported or filed no longer agrees with the books", []Source{SinceSignOff}, afterSignOff, nil, nil},
		{"reports that do not tie", "one of them is wrong, so none can be relied on until it is known why", []Source{Trial, Position, Receivables, Payables}, ties, untotalled, nil},
		{"income lines that do not tie", "the profit and loss and its transactions disagree", []Source{Months, Sales}, salesTie, unmatched, nil},
	}
}

// run makes every check that what was read allows. The findings come the most
// urgent first.
func run(b *Books) (found []schemas.Finding, made []schemas.ReviewCheck, skipped []schemas.SkippedCheck) {
	var all []finding
	for _, c := range checks() {
		reason := b.lacks(c.needs)
		if reason == "" && c.unable != nil {
			reason = c.unable(b)
		}
		if reason != "" {
			skipped = append(skipped, schemas.SkippedCheck{Check: c.name, Reason: reason})
			continue
		}
		if c.partly != nil {
			if which, reason := c.partly(b); reason != "" {
				skipped = append(skipped, schemas.SkippedCheck{Check: c.name + ", " + which, Reason: reason})
			}
		}
		own := slices.DeleteFunc(c.find(b), b.small)
		m := schemas.ReviewCheck{Check: c.name, Findings: len(own)}
		if len(own) > 0 {
			m.Why = c.why
		}
		made = append(made, m)
		for _, f := range own {
			f.Check = c.name
			f.shorten()
			all = append(all, f)
		}
	}
	slices.SortStableFunc(all, func(x, y finding) int {
		return cmp.Or(cmp.Compare(rank(x.Severity), rank(y.Severity)), y.weight.Cmp(x.weight))
	})
	for _, f := range all {
		found = append(found, f.Finding)
	}
	return found, made, skipped
}

// lacks says which of some sources are missing, and why; empty when none is.
// Sources that are missing for one reason are named together.
func (b *Books) lacks(needs []Source) string {
	var reasons []string
	sources := make(map[string][]string)
	for _, s := range needs {
		why, missing := b.Unread[s]
		if !missing {
			continue
		}
		if sources[why] == nil {
			reasons = append(reasons, why)
		}
		sources[why] = append(sources[why], string(s))
	}
	for i, why := range reasons {
		reasons[i] = strings.Join(sources[why], ", ") + ": " + why
	}
	return strings.Join(reasons, "; ")
}

// small reports a finding of less than the reader wants to see.
func (b *Books) small(f finding) bool {
	return !f.always && f.Currency == b.Currency && f.Amount != "" && f.Amount.Decimal().Abs().LessThan(b.Limits.Minimum)
}

func rank(s schemas.Severity) int {
	return slices.Index([]schemas.Severity{schemas.SeverityHigh, schemas.SeverityMedium, schemas.SeverityLow}, s)
}

// most is how many records a finding shows.
const most = 5

func (f *finding) shorten() {
	if extra := len(f.Evidence) - most; extra > 0 {
		f.Evidence, f.More = f.Evidence[:most], f.More+extra
	}
}

// at puts an amount on a finding. One in the base currency is ranked by it.
func (f finding) at(d decimal.Decimal, currency, base string) finding {
	f.Amount, f.Currency = money(d), currency
	if currency == base {
		f.weight = d.Abs()
	}
	return f
}

// money writes an amount with the decimals that its parts have.
func money(d decimal.Decimal) schemas.Money {
	return schemas.Money(d.StringFixed(max(0, -d.Exponent())))
}
