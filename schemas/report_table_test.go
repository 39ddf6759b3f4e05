package schemas_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// laidOut writes tables with a bar between cells, empty ones at the end of a row left out.
func laidOut(t *testing.T, answer schemas.Tabular) string {
	t.Helper()
	var lines []string
	for _, table := range answer.Tables() {
		if table.Title != "" {
			lines = append(lines, "# "+table.Title)
		}
		lines = append(lines, strings.Join(table.Columns, "|"))
		for _, row := range table.Rows {
			if len(row) > len(table.Columns) {
				t.Errorf("%q has %d cells, there are %d columns", row, len(row), len(table.Columns))
			}
			lines = append(lines, strings.TrimRight(strings.Join(row, "|"), "|"))
		}
	}
	return strings.Join(lines, "\n")
}

func compare(t *testing.T, answer schemas.Tabular, want ...string) {
	t.Helper()
	if got := laidOut(t, answer); got != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

func profit() schemas.Report {
	return schemas.Report{
		Sections: []schemas.Section{
			{Name: "Revenue", Total: "30.00", Rows: []schemas.AccountAmount{
				{Account: "Sales", Code: "4020", AccountID: "553", Amount: "30.00"},
				{Account: "Other", Amount: "0.00"},
			}},
			{Name: "Expenses", Total: "-0.00"},
		},
		Totals: schemas.Totals{{"revenue", "30.00"}, {"net_profit", "-5.00"}},
	}
}

func TestReportTable(t *testing.T) {
	t.Parallel()
	compare(
		t, profit(),
		"account|code|amount",
		"Revenue",
		"Sales|4020|30.00",
		"Other||0.00",
		"total Revenue||30.00",
		"Expenses",
		"total Expenses||-0.00",
		"revenue||30.00",
		"net_profit||-5.00",
	)
}

// compared is a report of two columns. Its second section comes without amounts by column, as Fiskl leaves out what is
// empty, and a third column's amounts are too many.
func compared() schemas.Report {
	r := profit()
	r.Columns = []schemas.Column{
		{Name: "Q3 2026", Totals: schemas.Totals{{"revenue", "30.00"}, {"net_profit", "-5.00"}}},
		{Name: "Q2 2026", Totals: schemas.Totals{{"revenue", "20.00"}}},
	}
	revenue := &r.Sections[0]
	revenue.Amounts, revenue.Change = []schemas.Money{"30.00", "20.00"}, schemas.Compare("30.00", "20.00")
	revenue.Rows[0].Amounts, revenue.Rows[0].Change = revenue.Amounts, revenue.Change
	revenue.Rows[1].Amounts = []schemas.Money{"0.00", "0.00", "7.00"}
	return r
}

func TestComparedReportTable(t *testing.T) {
	t.Parallel()
	compare(
		t, compared(),
		"account|code|Q3 2026|Q2 2026|change|change %",
		"Revenue",
		"Sales|4020|30.00|20.00|10.00|50",
		"Other||0.00|0.00",
		"total Revenue||30.00|20.00|10.00|50",
		"Expenses",
		"total Expenses||-0.00",
		"revenue||30.00|20.00|10.00|50",
		"net_profit||-5.00||-5.00",
	)
}

// TestOneColumn lays out a comparison of which Fiskl gave one column only.
func TestOneColumn(t *testing.T) {
	t.Parallel()
	r := profit()
	r.Columns = []schemas.Column{{Name: "2026", Totals: r.Totals}}
	r.Sections = r.Sections[:1]
	r.Sections[0].Rows = nil
	r.Sections[0].Amounts = []schemas.Money{"30.00"}
	compare(
		t, r,
		"account|code|2026|change|change %",
		"Revenue",
		"total Revenue||30.00",
		"revenue||30.00",
		"net_profit||-5.00",
	)
}

func TestTrialBalanceTable(t *testing.T) {
	t.Parallel()
	compare(
		t, schemas.TrialBalance{
			Rows: []schemas.TrialBalanceRow{
				{Account: "Bank", Code: "1010", AccountID: "502", Debit: "5.00", Credit: "0.00"},
				{Account: "Capital", AccountID: "546", Debit: "0.00", Credit: "5.00"},
			},
			Totals: schemas.Totals{{"credit", "5.00"}, {"debit", "5.01"}},
		},
		"account|code|account_id|debit|credit",
		"Bank|1010|502|5.00|0.00",
		"Capital||546|0.00|5.00",
		"total|||5.01|5.00",
	)
}

func TestRatioTable(t *testing.T) {
	t.Parallel()
	compare(
		t, schemas.Ratios{Rows: []schemas.Ratio{
			{Name: "Current ratio", Value: "1.5", Formula: "a / b", Inputs: schemas.Totals{{"a", "3.00"}, {"b", "2.00"}}},
			{Name: "Inventory turnover", Formula: "a / c", Inputs: schemas.Totals{{"a", "3.00"}}},
			{Name: "Bare", Value: "1"},
		}},
		"ratio|value|formula|inputs",
		"Current ratio|1.5|a / b|a 3.00; b 2.00",
		"Inventory turnover||a / c|a 3.00",
		"Bare|1",
	)
}

func TestAgingTable(t *testing.T) {
	t.Parallel()
	aging := schemas.Aging{
		Buckets: []string{"Current", "1-30"},
		Rows: []schemas.AgingRow{
			{Client: "Acme", ClientID: "1024", Amounts: []schemas.Money{"0.00", "5.00"}, Total: "5.00"},
			{Client: "Bare", ClientID: "7", Total: "1.00"},
		},
		Totals: schemas.Totals{{"Current", "0.00"}, {"1-30", "5.00"}, {"total", "6.00"}},
	}
	compare(
		t, aging,
		"client|client_id|Current|1-30|total",
		"Acme|1024|0.00|5.00|5.00",
		"Bare|7|||1.00",
		"total||0.00|5.00|6.00",
	)
	aging.Totals = schemas.Totals{{"total", "6.00"}}
	aging.Rows = aging.Rows[:1]
	aging.Rows[0].Documents = []schemas.AgingDocument{{
		Type: "Invoice", ID: "5250", Number: "INV-1", Date: "2026-01-01", DueDate: "2026-02-01", DaysLate: 3, Currency: "EUR", Total: "9.00", Outstanding: "6.00", Base: "5.00",
	}}
	compare(
		t, aging,
		"client|client_id|Current|1-30|total",
		"Acme|1024|0.00|5.00|5.00",
		"total||||6.00",
		"# documents",
		"client|type|id|number|date|due_date|days_late|currency|total|outstanding|outstanding_base",
		"Acme|Invoice|5250|INV-1|2026-01-01|2026-02-01|3|EUR|9.00|6.00|5.00",
	)
}

func TestStatementTables(t *testing.T) {
	t.Parallel()
	if tables := (schemas.StatementOfAccount{Client: "Acme"}).Tables(); len(tables) != 0 {
		t.Errorf("got %d tables for a client without movement", len(tables))
	}
	compare(
		t, schemas.StatementOfAccount{Sections: []schemas.StatementSection{
			{Currency: "EUR", Opening: "1.00", Closing: "-1.00", Lines: []schemas.StatementLine{
				{Date: "2026-05-01", Type: "Payment", ID: "9", Number: "INV-1", Description: "d", Amount: "-2.00", Balance: "-1.00"},
			}},
			{Currency: "GBP", Opening: "0.00", Closing: "0.00"},
		}},
		"# EUR",
		"date|type|id|number|description|amount|balance",
		"|opening|||||1.00",
		"2026-05-01|Payment|9|INV-1|d|-2.00|-1.00",
		"|closing|||||-1.00",
		"# GBP",
		"date|type|id|number|description|amount|balance",
		"|opening|||||0.00",
		"|closing|||||0.00",
	)
}

func TestTaxTables(t *testing.T) {
	t.Parallel()
	section := schemas.TaxSection{
		Name: "Sales", Gross: "12.00", Net: "10.00", Tax: "2.00",
		Rows:  []schemas.TaxRow{{Name: "VAT", Rate: "20", Gross: "12.00", Net: "10.00", Tax: "2.00"}, {Name: "Other", Gross: "0.00", Net: "0.00", Tax: "0.00"}},
		Lines: []schemas.TaxLine{{Date: "2026-05-01", Number: "INV-1", Contact: "Acme", TaxName: "VAT", Gross: "12.00", Net: "10.00", Tax: "2.00"}},
	}
	compare(
		t, schemas.TaxReport{Agencies: []schemas.TaxAgency{
			{Agency: "HMRC", TaxNumber: "GB1", Currency: "GBP", Opening: "1.00", TotalTax: "2.00", Payments: "-1.00", Closing: "2.00", Sections: []schemas.TaxSection{section}},
			{Agency: "Revenu", Currency: "CAD", Opening: "0.00", TotalTax: "0.00", Payments: "0.00", Closing: "0.00"},
		}},
		"# HMRC in GBP, number GB1",
		"section|tax_name|rate|gross|net|tax",
		"opening|||||1.00",
		"Sales|VAT|20|12.00|10.00|2.00",
		"Sales|Other||0.00|0.00|0.00",
		"total Sales|||12.00|10.00|2.00",
		"total tax|||||2.00",
		"payments|||||-1.00",
		"closing|||||2.00",
		"# documents",
		"section|date|number|contact|tax_name|gross|net|tax",
		"Sales|2026-05-01|INV-1|Acme|VAT|12.00|10.00|2.00",
		"# Revenu in CAD",
		"section|tax_name|rate|gross|net|tax",
		"opening|||||0.00",
		"total tax|||||0.00",
		"payments|||||0.00",
		"closing|||||0.00",
	)
}

func TestReportHeadings(t *testing.T) {
	t.Parallel()
	head := schemas.ReportHead{Report: "Cash Flow", Currency: "GBP"}
	if got := head.Heading(); got != "Cash Flow in GBP" {
		t.Errorf("got %q", got)
	}
	head.Basis = "Cash"
	if got := head.Heading(); got != "Cash Flow in GBP, Cash basis" {
		t.Errorf("got %q", got)
	}
	if got := (schemas.StatementOfAccount{ReportHead: head}).Heading(); got != "Cash Flow, Cash basis, base currency GBP" {
		t.Errorf("got %q", got)
	}
	head.Basis = ""
	if got := (schemas.TaxReport{ReportHead: head}).Heading(); got != "Cash Flow, base currency GBP" {
		t.Errorf("got %q", got)
	}
	if got := head.InHeading(); !slices.Equal(got, []string{"report", "currency", "basis"}) {
		t.Errorf("got %q", got)
	}
}
