package schemas_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// whole is a profit and loss in which everything adds up: 100 of sales less 40 of costs, 25 of expenses and 5 of interest.
func whole() schemas.Report {
	section := func(name string, total schemas.Money, amounts ...schemas.Money) schemas.Section {
		s := schemas.Section{Name: name, Total: total}
		for _, a := range amounts {
			s.Rows = append(s.Rows, schemas.AccountAmount{Account: "One", Amount: a})
		}
		return s
	}
	return schemas.Report{
		Sections: []schemas.Section{
			section("Revenue", "100.00", "70.00", "30.00"), section("Cost of Sales", "40.00", "40.00"),
			section("Operating Expenses", "25.00", "25.00"), section("Non-operating", "-5.00", "-5.00"),
		},
		Totals: schemas.Totals{
			{"revenue", "100.00"},
			{"cost_of_sales", "40.00"},
			{"gross_profit", "60.00"},
			{"operating_expenses", "25.00"},
			{"operating_profit", "35.00"},
			{"non_operating", "-5.00"},
			{"net_profit", "30.00"},
		},
	}
}

// sheet is a balance sheet in two columns in which everything adds up.
func sheet() schemas.Report {
	section := func(name string, now, before schemas.Money) schemas.Section {
		row := schemas.AccountAmount{Account: "One", Amount: now, Amounts: []schemas.Money{now, before}}
		return schemas.Section{Name: name, Total: now, Amounts: []schemas.Money{now, before}, Rows: []schemas.AccountAmount{row}}
	}
	totals := func(assets, liabilities, equity schemas.Money) schemas.Totals {
		return schemas.Totals{{"assets", assets}, {"liabilities", liabilities}, {"equity", equity}}
	}
	now := totals("12.00", "7.50", "4.50")
	return schemas.Report{
		ReportHead: schemas.ReportHead{AsOf: "2026-06-30"}, Totals: now,
		Columns: []schemas.Column{{Name: "2026-06-30", Totals: now}, {Name: "2026-03-31", Totals: totals("9.00", "5.00", "4.00")}},
		Sections: []schemas.Section{
			section("Current Assets", "10.00", "8.00"), section("Long-term Assets", "2.00", "1.00"),
			section("Current Liabilities", "7.50", "5.00"), section("Equity", "4.50", "4.00"),
		},
	}
}

func TestGapsOfReports(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		report func() schemas.Report
		spoil  func(*schemas.Report)
		want   []string
	}{
		"a profit and loss": {whole, func(*schemas.Report) {}, nil},
		"a balance sheet":   {sheet, func(*schemas.Report) {}, nil},
		"costs as negative amounts": {whole, func(r *schemas.Report) {
			r.Sections[1].Total, r.Sections[1].Rows[0].Amount, r.Totals[1].Amount = "-40.00", "-40.00", "-40.00"
		}, nil},
		"a row": {whole, func(r *schemas.Report) { r.Sections[0].Rows[0].Amount = "69.99" }, []string{"total Revenue is 100.00 where its rows come to 99.99"}},
		"a section": {whole, func(r *schemas.Report) { r.Sections[2].Total, r.Sections[2].Rows[0].Amount = "24.00", "24.00" }, []string{
			"operating_expenses is 25.00 where its sections come to 24.00",
		}},
		"a total": {whole, func(r *schemas.Report) { r.Totals[6].Amount = "31.00" }, []string{
			"net_profit is 31.00 where operating_profit and non_operating make 40.00",
		}},
		"no rows": {whole, func(r *schemas.Report) { r.Sections[3].Rows = nil }, []string{"total Non-operating is -5.00 where its rows come to 0.00"}},
		"a row of an earlier column": {sheet, func(r *schemas.Report) { r.Sections[0].Rows[0].Amounts[1] = "8.01" }, []string{
			"total Current Assets in 2026-03-31 is 8.00 where its rows come to 8.01",
		}},
		"a sheet that does not balance": {sheet, func(r *schemas.Report) { r.Totals[1].Amount = "7.40" }, []string{
			"liabilities is 7.40 where its sections come to 7.50", "assets is 12.00 where liabilities and equity make 11.90",
		}},
		"an earlier sheet": {sheet, func(r *schemas.Report) { r.Columns[1].Totals[0].Amount = "9.50" }, []string{
			"assets in 2026-03-31 is 9.50 where its sections come to 9.00", "assets in 2026-03-31 is 9.50 where liabilities and equity make 9.00",
		}},
		"totals of other names": {whole, func(r *schemas.Report) { r.Totals = schemas.Totals{{"income", "1.00"}} }, nil},
		"cash": {func() schemas.Report {
			return schemas.Report{Totals: schemas.Totals{
				{"operating", "-10.00"}, {"investing", "0.00"}, {"financing", "2.00"}, {"net_change", "-8.00"}, {"opening_cash", "100.00"}, {"closing_cash", "93.00"},
			}}
		}, func(*schemas.Report) {}, []string{"closing_cash is 93.00 where opening_cash and net_change make 92.00"}},
	} {
		r := test.report()
		test.spoil(&r)
		if got := r.Gaps(); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestGapsOfOtherAnswers(t *testing.T) {
	t.Parallel()
	trial := schemas.TrialBalance{
		Rows:   []schemas.TrialBalanceRow{{Account: "Bank", Debit: "5.00", Credit: "0.00"}, {Account: "Capital", Debit: "0.00", Credit: "5.00"}},
		Totals: schemas.Totals{{"debit", "5.00"}, {"credit", "5.00"}},
	}
	uneven := trial
	uneven.Totals = schemas.Totals{{"debit", "5.00"}, {"credit", "6.00"}}
	tax := func(net, closing schemas.Money) schemas.TaxReport {
		row := schemas.TaxRow{Name: "VAT", Gross: "12.00", Net: "10.00", Tax: "2.00"}
		s := schemas.TaxSection{Name: "Sales", Rows: []schemas.TaxRow{row, row}, Gross: "24.00", Net: net, Tax: "4.00"}
		if net != "20.00" {
			s.Gross = schemas.Money(net.Decimal().Add(schemas.Money("4.00").Decimal()).StringFixed(2))
		}
		return schemas.TaxReport{Agencies: []schemas.TaxAgency{{
			Agency: "HMRC", Opening: "3.00", TotalTax: "4.00", Payments: "-3.00", Closing: closing, Sections: []schemas.TaxSection{s},
		}}}
	}
	aging := schemas.Aging{
		Buckets: []string{"Current", "1-30"},
		Rows:    []schemas.AgingRow{{ClientID: "7", Amounts: []schemas.Money{"1.00", "2.00"}, Total: "3.50", Documents: []schemas.AgingDocument{{Base: "3.50"}}}},
		Totals:  schemas.Totals{{"Current", "1.00"}, {"1-30", "2.00"}, {"total", "3.50"}},
	}
	ledger := schemas.Ledger{Accounts: []schemas.AccountMovement{{Account: "Bank", Opening: "1.00", Debit: "5.00", Credit: "2.00", Closing: "4.01"}}}
	account := schemas.StatementOfAccount{Sections: []schemas.StatementSection{{
		Currency: "EUR", Opening: "1.00", Lines: []schemas.StatementLine{{Amount: "2.00"}}, Closing: "2.00",
	}}}
	amounts := schemas.Amounts{Subtotal: "10.00", TaxTotal: "2.00", Total: "12.00"}
	lines := schemas.Lines{Items: []schemas.LineTotal{{Total: "6.00"}, {Total: "5.00"}}}
	cut := schemas.Lines{Items: lines.Items[:1], ItemsOmitted: 1}
	for name, test := range map[string]struct {
		of   schemas.Footed
		want []string
	}{
		"a trial balance":         {trial, nil},
		"sides":                   {uneven, []string{"credit is 6.00 where the accounts come to 5.00", "credit is 6.00 where debit is 5.00"}},
		"tax":                     {tax("20.00", "4.00"), nil},
		"two rates on one amount": {tax("10.00", "4.00"), nil},
		"more net than rates":     {tax("21.00", "4.00"), []string{"net of HMRC Sales is 21.00 where its rates come to 20.00"}},
		"what is owed":            {tax("20.00", "5.00"), []string{"closing of HMRC is 5.00 where opening, tax_total and payments make 4.00"}},
		"an ageing":               {aging, []string{"the total of client 7 is 3.50 where its buckets come to 3.00"}},
		"an account":              {ledger, []string{"closing of account Bank is 4.01 where opening, debit and credit make 4.00"}},
		"a statement":             {account, []string{"closing in EUR is 2.00 where opening and lines make 3.00"}},
		"lines":                   {schemas.Invoice{Amounts: amounts, Lines: lines}, []string{"total is 12.00 where the lines come to 11.00"}},
		"lines that were cut":     {schemas.Quote{Amounts: amounts, Lines: cut}, nil},
		"what is paid": {schemas.Invoice{Amounts: amounts, Paid: "2.00", Outstanding: "12.00"}, []string{
			"outstanding is 12.00 where total less paid is 10.00",
		}},
	} {
		if got := test.of.Gaps(); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

// TestUnposted reads 10.00 of unrealised gains in assets and 2.00 more owed: 8.00 net, of which 3.00 is of earlier years.
func TestUnposted(t *testing.T) {
	t.Parallel()
	section := func(name string, amount schemas.Money) schemas.Section {
		return schemas.Section{Name: name, Rows: []schemas.AccountAmount{{Account: "Unrealised Exchange Gain or Loss", Amount: amount}}}
	}
	position := schemas.Report{
		ReportHead: schemas.ReportHead{AsOf: "2026-06-30"},
		Sections:   []schemas.Section{section("Current Assets", "10.00"), section("Current Liabilities", "2.00"), section("Equity", "3.00")},
	}
	for _, part := range []string{"10.00 in assets", "2.00 in liabilities", "net 8.00", "3.00 is carried forward", "5.00 is in this year's profit"} {
		if got := position.Unposted(); !strings.Contains(got, part) {
			t.Errorf("got %q, want %q in it", got, part)
		}
	}
	result := schemas.Report{Sections: []schemas.Section{section("Non-operating", "-4.00")}}
	if got := result.Unposted(); !strings.Contains(got, "differences of -4.00 are computed") {
		t.Errorf("got %q", got)
	}
	if got := whole().Unposted(); got != "" {
		t.Errorf("of a report without any: got %q", got)
	}
	if got := (schemas.TrialBalance{Rows: []schemas.TrialBalanceRow{{Account: "Unrealized gains"}}}).Unposted(); got != "" {
		t.Errorf("of a trial balance with them: got %q", got)
	}
	if got := (schemas.TrialBalance{}).Unposted(); !strings.Contains(got, "as posted") {
		t.Errorf("of a trial balance: got %q", got)
	}
}
