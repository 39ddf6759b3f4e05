package app

import (
	"encoding/json"
	"fmt"
	"strconv"
	"testing"
)

// sent is an agent who has picked a job at an endpoint of its own with the demo
// company, and has done it.
func sent(t *testing.T, job, given string, knows map[string]func(*agent) []any) *agent {
	t.Helper()
	h := receptive(t, nil, "--sandbox", "--caller-rate", "0")
	v := h.by()
	v.declares = asksNobody
	a := &agent{t: t, knows: knows, call: func(tool, args string) answer { return v.told(tool, args) }}
	got := v.post("prompts/get", job, fmt.Sprintf(`"name":%q,"arguments":%s`, job, given))
	a.do(jobText(t, got.message()))
	return a
}

// jobText is the text of a job in a message.
func jobText(t *testing.T, message string) string {
	t.Helper()
	var read struct {
		Result *struct {
			Description string `json:"description"`
			Messages    []struct {
				Role    string `json:"role"`
				Content struct {
					Type string `json:"type"`
					Text string `json:"text"`
				} `json:"content"`
			} `json:"messages"`
		} `json:"result"`
	}
	if err := json.Unmarshal([]byte(message), &read); err != nil || read.Result == nil || len(read.Result.Messages) != 1 {
		t.Fatalf("no job: %s", message)
	}
	m := read.Result.Messages[0]
	if m.Role != "user" || m.Content.Type != "text" || read.Result.Description == "" {
		t.Errorf("got %s", message)
	}
	return m.Content.Text
}

// TestWhoOwesMeMoney finds that the job leads to who owes most, who is late and
// how late, with at most five calls.
func TestWhoOwesMeMoney(t *testing.T) {
	t.Parallel()
	a := sent(t, "who_owes_me_money", `{}`, nil)
	if a.calls > 5 {
		t.Errorf("it took %d calls", a.calls)
	}
	most, name := 0.0, ""
	for _, row := range a.rows["get_receivables_aging"] {
		total, err := strconv.ParseFloat(row["total"].(string), 64)
		if err != nil {
			t.Fatal(err)
		}
		if total > most {
			most, name = total, row["client"].(string)
		}
	}
	if name != "Cascade Analytics Inc" || most != 9657.50 {
		t.Errorf("%s owes most: %v", name, most)
	}
	late := make(map[any]any)
	for _, row := range a.rows["list_invoices"] {
		late[row["client"]] = fmt.Sprintf("%s %s %s, %v days", row["number"], row["outstanding"], row["currency"], row["days_late"])
	}
	for client, want := range map[string]string{
		"Café Lumière SARL": "INV-0131 420.00 EUR, 31 days", "O'Leary & Sons Joinery": "INV-0128 3150.00 GBP, 20 days",
		"Northwind Bakery": "INV-0119 1200.00 GBP, 53 days", "Fern Street Community Theatre": "INV-0105 960.00 GBP, 96 days",
	} {
		if late[client] != want {
			t.Errorf("%s owes %v, want %s", client, late[client], want)
		}
	}
	if len(late) != 4 || a.answers["list_invoices"]["complete"] != true {
		t.Errorf("late are %v", late)
	}
	a.saw("34925.47", "29260.91", "as of 2026-11-22", "average_days_to_pay\t27.6")
	one := sent(t, "who_owes_me_money", `{"client":"O'Leary & Sons Joinery"}`, nil)
	one.saw("3150.00", "20")
	if one.calls > 2 || len(one.rows["list_invoices"]) != 1 {
		t.Errorf("%d calls; late are %v", one.calls, one.rows["list_invoices"])
	}
}

// TestWhyDidItChange finds that the job leads from the margin of September to
// the one bill that was booked to the wrong account, and who entered it.
func TestWhyDidItChange(t *testing.T) {
	t.Parallel()
	a := sent(t, "why_did_it_change", `{"figure":"gross margin","period":"2026-09-01..2026-09-30"}`, map[string]func(*agent) []any{
		"<code of the account that explains most>":          first("compare_periods", "code"),
		"<record_id of the transaction that explains most>": first("trace_figure", "record_id"),
	})
	a.saw("4671.03", "Other Costs of Sales - COS", "KYP-0914", "Kingsland Yard Properties Ltd", "Refit of meeting room and kitchenette, Unit 4", "4800.00")
	if rows := a.rows["get_record_history"]; a.calls != 4 || len(rows) == 0 || rows[len(rows)-1]["actor"] != "Theo Finch" {
		t.Errorf("%d calls; the history is %v", a.calls, rows)
	}
}

// TestMonthEndReview finds that the job shows the odd month from the next one,
// and the misposted bill from its own.
func TestMonthEndReview(t *testing.T) {
	t.Parallel()
	changed := map[string]func(*agent) []any{"<code of an account that changed>": func(a *agent) []any {
		var codes []any
		findings, _ := a.answers["review_books"]["findings"].([]any)
		for _, f := range findings {
			evidence := f.(map[string]any)["evidence"].([]any)[0].(map[string]any)
			if evidence["record_type"] == "account" {
				codes = append(codes, evidence["number"])
			}
		}
		return codes
	}}
	october := sent(t, "month_end_review", `{}`, changed)
	october.saw("10440.80", "4671.03", "TPW-20417", "TPW 20417") // profit, September's margin beside it, and the bill that is in twice
	september := sent(t, "month_end_review", `{"period":"2026-09-01..2026-09-30","basis":"accrual"}`, changed)
	september.saw("KYP-0914", "Refit of meeting room and kitchenette, Unit 4", "Theo Finch", "as of 2026-09-30")
	if list := october.answers["list_changes"]; list["complete"] != true {
		t.Errorf("the changes are not complete: %v", list["count"])
	}
}

// TestVATPreparation finds that the job leads to the tax that is due.
func TestVATPreparation(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		`{}`:                        "3343.43",
		`{"period":"This Quarter"}`: "2465.57",
		`{"basis":"Cash"}`:          "4877.10",
	} {
		a := sent(t, "vat_preparation", given, nil)
		agencies, _ := a.answers["get_tax_report"]["agencies"].([]any)
		agency, _ := agencies[0].(map[string]any)
		if agency["agency"] != "HMRC" || agency["tax_total"] != want || agency["currency"] != "GBP" {
			t.Errorf("%s: %v %v %v, want %s", given, agency["agency"], agency["tax_total"], agency["currency"], want)
		}
		a.saw("accounting_method\tAccrual")
	}
}

// TestFinancialHealthCheck finds that the job leads to the figures of the
// demonstration, and to the bill that was entered twice.
func TestFinancialHealthCheck(t *testing.T) {
	t.Parallel()
	a := sent(t, "financial_health_check", `{}`, nil)
	a.saw("143084.72", "16552.82", "Current ratio\t4.8135", "47912.27", "34925.47", "6962.96", "TPW-20417", "TPW 20417")
	a = sent(t, "financial_health_check", `{"period":"2026-09-01..2026-09-30","basis":"accrual"}`, nil)
	a.saw("-5252.89", "as of 2026-09-30")
}

// TestCollectionsLetters finds that the job leads to all who are late, where
// they can be written to, and what they paid.
func TestCollectionsLetters(t *testing.T) {
	t.Parallel()
	a := sent(t, "collections_letters", `{}`, map[string]func(*agent) []any{
		"<client of a late invoice>": each("list_invoices", "client"),
	})
	if a.calls != 1+2*4 {
		t.Errorf("%d calls", a.calls)
	}
	a.saw("niamh@olearyjoinery.example", "accounts@northwind.example", "INV-0105", "INV-0131", "Payment of INV-0119")
}

// TestCreateAndSendInvoice finds that the job leads to an invoice that was
// agreed to and sent, at the catalogue's price or at the one that the person
// named.
func TestCreateAndSendInvoice(t *testing.T) {
	t.Parallel()
	for items, c := range map[string]struct {
		price func(*agent) []any
		total string
	}{
		"10 hours of design work":           {person(), "1140.00"},
		"10 hours of design work at 150.00": {person("150.00"), "1800.00"},
	} {
		given := fmt.Sprintf(`{"client":"Northwind Bakery","items":%q,"due_date":"2026-12-22"}`, items)
		a := sent(t, "create_and_send_invoice", given, map[string]func(*agent) []any{
			"<catalogue name>":                 first("list_products", "name"),
			"<quantity>":                       person("10"),
			"<price, if the person named one>": c.price,
			"<preview_token>":                  field("preview_invoice", "preview_token"),
			"<number of the draft>":            field("create_invoice", "number"),
		})
		done := a.answers["send_invoice"]
		if done["status"] != "Sent" || done["number"] != "INV-0151" || done["total"] != c.total || done["due_date"] != "2026-12-22" {
			t.Errorf("%s: got %v, want %s", items, done, c.total)
		}
		a.saw("Nothing has been sent.", "accounts@northwind.example")
	}
}

// TestNewClientOnboarding finds that the job leads to one new client, read
// back.
func TestNewClientOnboarding(t *testing.T) {
	t.Parallel()
	a := sent(t, "new_client_onboarding", `{"name":"Quayside Cycles & Co","email":"accounts@quayside.example","details":"in the Netherlands, pays in euros"}`, map[string]func(*agent) []any{
		"<the most telling word of the name>": person("Quayside"),
		"<country, ISO code>":                 person("NL"),
		"<currency, ISO code>":                person("EUR"),
		"<address>":                           person(),
		"<tax number>":                        person(),
		"<telephone>":                         person(),
		"<id of the new client>":              field("create_client", "id"),
	})
	got := a.answers["get_client"]
	if got["name"] != "Quayside Cycles & Co" || got["email"] != "accounts@quayside.example" || got["currency"] != "EUR" || got["country"] != "NL" {
		t.Errorf("got %v", got)
	}
}
