package reports

import (
	"fmt"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// These are the ledger's own words, used here as often as there.
type (
	// Date is a calendar day, YYYY-MM-DD.
	Date = ledger.Date
	// Minor is money in hundredths of its currency.
	Minor = ledger.Minor
)

// Basis decides when income, expenses and taxes count.
type Basis string

// The two bases.
const (
	Accrual Basis = "Accrual" // When a document is dated.
	Cash    Basis = "Cash"    // When it is paid.
)

// ParseBasis reads a basis in any case. The empty word stays empty, which stands for the company's own.
func ParseBasis(word string) (Basis, error) {
	for _, basis := range []Basis{"", Accrual, Cash} {
		if strings.EqualFold(word, string(basis)) {
			return basis, nil
		}
	}
	return "", refuse("basis: %q is neither %s nor %s; leave it out for the company's own", word, Accrual, Cash)
}

// Query is what a report can be asked for. Each report uses what concerns it and ignores the rest; a zero field takes
// the default.
type Query struct {
	Start, End Date
	Basis      Basis
	Compare    int     // Earlier periods to add as columns, at most 20.
	Accounts   []int64 // Accounts to show; none means all.
	Client     int64
	Vendor     int64
	Agency     int64
	Detail     bool
	Page, Size int // Of ledger lines; a zero Size means all.
}

// Head is what every report says of itself. A report of a position has AsOf in place of Start and End.
type Head struct {
	Name     string `json:"name"`
	Currency string `json:"currency"`
	Start    Date   `json:"start,omitempty"`
	End      Date   `json:"end,omitempty"`
	AsOf     Date   `json:"asOf,omitempty"`
	Basis    Basis  `json:"basis,omitempty"`
}

// Reports computes the reports of one company's books. It indexes the ledger once for each basis and again when the
// ledger has grown. It is not safe for use by several goroutines at once.
type Reports struct {
	books *books.Books
	views map[Basis]*view
}

// New makes reports on the books. It computes nothing yet.
func New(b *books.Books) *Reports { return &Reports{books: b, views: map[Basis]*view{}} }

// view is the ledger as a basis sees it now.
func (r *Reports) view(basis Basis) *view {
	v := r.views[basis]
	if v == nil || v.length != r.books.Ledger().Len() {
		v = newView(r.books.Ledger(), basis, r.books.Company().FiscalYearEnd)
		r.views[basis] = v
	}
	return v
}

// basis is the one asked for, else the company's own.
func (r *Reports) basis(q Query) Basis {
	switch {
	case q.Basis != "":
		return q.Basis
	case strings.EqualFold(r.books.Company().AccountingMethod, string(Cash)):
		return Cash
	default:
		return Accrual
	}
}

func (r *Reports) chart() *ledger.Chart { return r.books.Ledger().Chart() }

func (r *Reports) currency() string { return r.books.Company().Currency }

func (r *Reports) yearStart(day Date) Date {
	return books.FiscalYearStart(day, r.books.Company().FiscalYearEnd)
}

// over heads a report of a period.
func (r *Reports) over(name string, p Period, basis Basis) Head {
	return Head{Name: name, Currency: r.currency(), Start: p.Start, End: p.End, Basis: basis}
}

// at heads a report of a position.
func (r *Reports) at(name string, day Date, basis Basis) Head {
	return Head{Name: name, Currency: r.currency(), AsOf: day, Basis: basis}
}

func refuse(format string, args ...any) error {
	return &books.RefusalError{Message: fmt.Sprintf(format, args...)}
}
