package learn

import (
	"math"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// laws counts what holds of an answer beyond the checks of its form: between
// amounts and other numbers, between the totals of a statement, and between
// operations.
func (s *session) laws(op fisklapi.Operation, form *dialect.Form, out *dialect.Node) (held, broken int) {
	count := func(holds, known bool) {
		switch {
		case !known:
		case holds:
			held++
		default:
			broken++
		}
	}
	rows := []*dialect.Node{out}
	if form.Kind == dialect.List {
		rows = nil
		for i := range out.Items {
			rows = append(rows, &out.Items[i])
		}
	}
	for _, row := range rows {
		s.rowLaws(op, row, count)
	}
	if totals := out.Get("totals"); totals != nil {
		totalLaws(op, out, totals, count)
	}
	return held, broken
}

func (s *session) rowLaws(op fisklapi.Operation, row *dialect.Node, count func(holds, known bool)) {
	switch op {
	case fisklapi.OpListInvoices, fisklapi.OpGetInvoice, fisklapi.OpListQuotes, fisklapi.OpGetQuote:
		s.invoiceLaws(row, count)
	case fisklapi.OpListPayments:
		total, known := s.elsewhereAmount(fisklapi.OpListInvoices, "id", text(row, "invoiceId"), "total")
		v, ok := amount(row, "amount")
		count(v <= total, known && ok)
	case fisklapi.OpGetReceivablesAging:
		outstanding(s, row, count)
	case fisklapi.OpGetTrialBalance:
		s.sides(row, count)
	default:
	}
	if lines := row.Get("items"); lines != nil {
		for i := range lines.Items {
			s.lineLaws(&lines.Items[i], count)
		}
	}
}

// invoiceLaws hold a total against its parts, and what was paid of an invoice
// against its payments.
func (s *session) invoiceLaws(row *dialect.Node, count func(holds, known bool)) {
	total, okTotal := amount(row, "total")
	sub, okSub := amount(row, "subtotal")
	tax, okTax := amount(row, "taxTotal")
	count(total == sub+tax, okTotal && okSub && okTax && total != 0)
	count(sub >= tax, okSub && okTax && sub != tax)
	if okTotal {
		s.paidLaws(row, total, count)
	}
}

func (s *session) paidLaws(row *dialect.Node, total int64, count func(holds, known bool)) {
	var received int64
	for _, p := range s.readings[fisklapi.OpListPayments].rows() {
		if v, ok := amount(p, "amount"); ok && text(p, "invoiceId") == text(row, "id") {
			received += v
		}
	}
	paid, okPaid := amount(row, "paid")
	left, okLeft := amount(row, "outstanding")
	count(paid >= received, okPaid && received > 0)
	count(left == 0, okLeft && text(row, "status") == "Paid" && total != 0)
	count(left == total-paid, okPaid && okLeft && (left != 0 || paid != 0))
}

// outstanding holds an ageing report against the invoices.
func outstanding(s *session, report *dialect.Node, count func(holds, known bool)) {
	rows := report.Get("rows")
	if rows == nil {
		return
	}
	for i := range rows.Items {
		documents := rows.Items[i].Get("documents")
		if documents == nil {
			continue
		}
		for k := range documents.Items {
			d := &documents.Items[k]
			want, known := s.elsewhereAmount(fisklapi.OpListInvoices, "number", text(d, "number"), "outstanding")
			v, ok := amount(d, "remaining")
			count(v == want, known && ok)
		}
	}
}

// elsewhereAmount is an amount of a record as a list has it.
func (s *session) elsewhereAmount(list fisklapi.Operation, key, value, name string) (int64, bool) {
	for _, row := range s.readings[list].rows() {
		if value != "" && text(row, key) == value {
			return amount(row, name)
		}
	}
	return 0, false
}

// lineLaws hold a line's net amount against its price and quantity, and its
// price against the product's.
func (s *session) lineLaws(line *dialect.Node, count func(holds, known bool)) {
	net, okNet := amount(line, "net")
	price, okPrice := amount(line, "price")
	if quantity, ok := decimal(line, "quantity"); ok && okNet && okPrice && net != 0 {
		count(near(float64(price)*quantity, float64(net)), true)
	}
	usual, okUsual := s.elsewhereAmount(fisklapi.OpListProducts, "id", text(line, "productId"), "price")
	count(true, okUsual && okPrice && price == usual && usual != 0)
	tax, okTax := amount(line, "tax")
	count(tax < net, okTax && okNet && net > 0)
}

// near reports a product that is an amount, in whatever unit the quantity is.
func near(product, amount float64) bool {
	for _, factor := range []float64{1, 100, 1000} {
		if math.Abs(product/factor-amount) <= 1 {
			return true
		}
	}
	return false
}

// equations are what holds between the totals of a statement.
func equations(op fisklapi.Operation) []string {
	switch op {
	case fisklapi.OpGetProfitAndLoss:
		return []string{"grossProfit = revenue - costOfSales", "operatingProfit = grossProfit - operatingExpenses", "netProfit = operatingProfit + nonOperating"}
	case fisklapi.OpGetBalanceSheet:
		return []string{"assets = liabilities + equity"}
	case fisklapi.OpGetCashFlow:
		return []string{"netChange = operating + investing + financing", "closingCash = openingCash + netChange"}
	default:
		return nil
	}
}

// totalLaws hold the totals of a statement against each other and against its
// sections.
func totalLaws(op fisklapi.Operation, out, totals *dialect.Node, count func(holds, known bool)) {
	for _, e := range equations(op) {
		left, right, _ := strings.Cut(e, " = ")
		l, okLeft := amount(totals, left)
		sum, sign, known := int64(0), int64(1), okLeft
		for word := range strings.FieldsSeq(right) {
			switch word {
			case "+":
				sign = 1
			case "-":
				sign = -1
			default:
				v, ok := amount(totals, word)
				sum, known = sum+sign*v, known && ok
			}
		}
		count(l == sum, known)
	}
	sectionLaws(out, totals, count)
}

// sectionNames are the totals that one section of a statement is, by the
// beginning of its name.
func sectionNames() map[string]string {
	return map[string]string{
		"revenue": "revenue", "income": "revenue", "cost": "costOfSales", "operating expenses": "operatingExpenses",
		"equity": "equity", "investing": "investing", "financing": "financing",
	}
}

func sectionLaws(out, totals *dialect.Node, count func(holds, known bool)) {
	sections := out.Get("sections")
	if sections == nil {
		return
	}
	for i := range sections.Items {
		name := strings.ToLower(text(&sections.Items[i], "name"))
		v, okSection := amount(&sections.Items[i], "total")
		for word, ours := range sectionNames() {
			if t, ok := amount(totals, ours); ok && okSection && strings.HasPrefix(name, word) {
				count(t == v, true)
			}
		}
	}
}

// sides hold a trial balance against the types of accounts: assets and expenses
// stand on the left.
func (s *session) sides(report *dialect.Node, count func(holds, known bool)) {
	rows := report.Get("rows")
	if rows == nil {
		return
	}
	types := make(map[string]string)
	for _, a := range s.readings[fisklapi.OpListAccounts].rows() {
		types[text(a, "name")] = text(a, "type")
	}
	for i := range rows.Items {
		kind := types[text(&rows.Items[i], "name")]
		debit, okDebit := amount(&rows.Items[i], "debit")
		credit, okCredit := amount(&rows.Items[i], "credit")
		left := kind == "Assets" || kind == "Expenses"
		count((debit > credit) == left, okDebit && okCredit && slices.Contains([]string{"Assets", "Liabilities", "Income", "Expenses", "Equity"}, kind) && debit != credit)
	}
}
