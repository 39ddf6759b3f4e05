package tools_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tiktoken-go/tokenizer"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// full is an upstream with many records that all have long texts.
type full struct{ records int }

func (u full) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	long := strings.Repeat("A long name, ", 20)
	switch r.URL.Path {
	case "/v1/company":
		_, _ = io.WriteString(w, `{"id":1,"name":"Long Ltd","currency":"GBP","timeZone":"Europe/London"}`)
	case "/v1/invoices", "/v1/payments", "/v1/quotes", "/v1/clients":
		page, _ := strconv.Atoi(r.URL.Query().Get("page"))
		size, _ := strconv.Atoi(r.URL.Query().Get("size"))
		rows := []string{}
		for id := page*size + 1; id <= min(u.records, (page+1)*size); id++ {
			rows = append(rows, fmt.Sprintf(`{"id":%d,"name":%q,"number":"N-%04d","invoiceId":%[1]d,"invoiceNumber":"N-%04[3]d","status":"Sent",
				"clientId":9,"clientName":%[2]q,"date":"2026-05-01","invoiceDate":"2026-05-01","dueDate":"2026-06-01","quoteDate":"2026-05-01",
				"expiryDate":"2026-06-01","currency":"GBP","subtotal":100,"taxTotal":0,"total":100,"amount":100,"paid":0,"outstanding":100}`,
				id, long, id))
		}
		_, _ = fmt.Fprintf(w, "[%s]", strings.Join(rows, ","))
	default: // one document with as many lines
		line := fmt.Sprintf(`{"name":%q,"description":%q,"quantity":1,"price":100,"net":100,"tax":20,"total":120}`, long, strings.Repeat(long, 7))
		_, _ = fmt.Fprintf(w, `{"id":7,"number":"N-0007","status":"Draft","clientId":9,"clientName":"Long","invoiceDate":"2026-05-01",
			"dueDate":"2026-06-01","quoteDate":"2026-05-01","expiryDate":"2026-06-01","currency":"GBP","subtotal":%[1]d,"taxTotal":%[2]d,"total":%[3]d,
			"paid":0,"outstanding":%[3]d,"items":[%[4]s]}`,
			u.records*100, u.records*20, u.records*120, strings.TrimSuffix(strings.Repeat(line+",", u.records), ","))
	}
}

// within fails when either form of an answer is beyond the budget.
func within(t *testing.T, a tools.Answer) {
	t.Helper()
	if a.Err != nil {
		t.Fatal(a.Text)
	}
	if text, structured := utf8.RuneCountInString(a.Text), utf8.RuneCount(a.Structured); text > tools.Budget || structured > tools.Budget {
		t.Errorf("%d characters of text and %d of JSON, at most %d", text, structured, tools.Budget)
	}
}

// TestBudget reads lists that no answer can hold, and finds every row once.
func TestBudget(t *testing.T) {
	t.Parallel()
	const records = 1000
	for name, args := range map[string]map[string]any{
		"list_invoices": {"all": true},
		"list_quotes":   {"all": true},
		"list_clients":  {"limit": 200},
		"list_payments": {"all": true, "start": "2026-01-01", "end": "2026-12-31"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := on(t, inprocess.Transport{Handler: full{records}}, sandbox.KeyOwner)
			var ids []int
			for cursor := "start"; cursor != "" && len(ids) <= records; {
				b, err := json.Marshal(args)
				if err != nil {
					t.Fatal(err)
				}
				a := call(t, c, name, string(b))
				within(t, a)
				var got struct {
					Rows []struct {
						ID int `json:"id,string"`
					} `json:"rows"`
					Count      int    `json:"count"`
					Complete   bool   `json:"complete"`
					NextCursor string `json:"next_cursor"`
					Sums       []struct {
						Total string `json:"total"`
					} `json:"row_sums"`
				}
				if err := json.Unmarshal(a.Structured, &got); err != nil {
					t.Fatal(err)
				}
				for _, row := range got.Rows {
					ids = append(ids, row.ID)
				}
				cursor = got.NextCursor
				args["cursor"] = cursor
				if got.Count != len(got.Rows) || got.Complete != (cursor == "") || strings.Contains(a.Text, "NOT complete") == got.Complete {
					t.Fatalf("%d rows, count %d, complete %t, cursor %q", len(got.Rows), got.Count, got.Complete, cursor)
				}
				summed := name == "list_invoices" || name == "list_payments"
				if summed && (len(got.Sums) != 1 || got.Sums[0].Total != strconv.Itoa(got.Count)+".00") {
					t.Errorf("%d rows of 1.00 come to %v", got.Count, got.Sums)
				}
			}
			slices.Sort(ids)
			if whole := len(slices.Compact(slices.Clone(ids))); whole != records || len(ids) != records {
				t.Errorf("read %d rows, %d of them different, want %d", len(ids), whole, records)
			}
		})
	}
}

// TestBudgetOfLines reads documents whose lines alone are beyond the budget.
func TestBudgetOfLines(t *testing.T) {
	t.Parallel()
	for name, args := range map[string]string{"get_invoice": `{"invoice":"7"}`, "get_quote": `{"quote":"7"}`} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const records = 200
			a := call(t, on(t, inprocess.Transport{Handler: full{records}}, sandbox.KeyOwner), name, args)
			within(t, a)
			var got struct {
				Items   []any  `json:"items"`
				Omitted int    `json:"items_omitted"`
				Total   string `json:"total"`
			}
			if err := json.Unmarshal(a.Structured, &got); err != nil {
				t.Fatal(err)
			}
			if len(got.Items) == 0 || got.Omitted == 0 || len(got.Items)+got.Omitted != records || got.Total != "240.00" {
				t.Errorf("%d lines, %d left out, total %s", len(got.Items), got.Omitted, got.Total)
			}
			if !strings.Contains(a.Text, fmt.Sprintf("items_omitted\t%d", got.Omitted)) {
				t.Errorf("the text does not say that %d lines are left out", got.Omitted)
			}
		})
	}
}

// TestPageCost holds the default page of every list to what a model's context
// may pay for it, in o200k_base tokens.
func TestPageCost(t *testing.T) {
	t.Parallel()
	const maxText, maxJSON, maxPage = 50, 71, 3000
	enc, err := tokenizer.Get(tokenizer.O200kBase)
	if err != nil {
		t.Fatal(err)
	}
	count := func(s string) int {
		n, err := enc.Count(s)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	b := newBox(t, sandbox.KeyOwner)
	for i := range 9 { // what the journal holds of a busy day
		for _, c := range [][2]string{ // in this order, since list_changes shows the latest
			{"create_invoice", `{"client":"1057","items":[{"name":"Hours","quantity":"%d","price":"10"}]}`},
			{"record_payment", `{"invoice":"5253","amount":"%d.50"}`},
			{"update_client", `{"client":"Northwind Bakery","phone":"%d"}`},
		} {
			if a := call(t, b.Catalog, c[0], fmt.Sprintf(c[1], i+1)); a.Err != nil {
				t.Fatal(a.Text)
			}
		}
	}
	for _, tool := range b.All() {
		if !strings.HasPrefix(tool.Name, "list_") {
			continue
		}
		a := call(t, b.Catalog, tool.Name, `{}`)
		var got struct {
			Count int `json:"count"`
		}
		if err := json.Unmarshal(a.Structured, &got); err != nil {
			t.Fatal(err)
		}
		text, structured := count(a.Text), count(string(a.Structured))
		t.Logf("%s: %d rows, %d + %d tokens", tool.Name, got.Count, text, structured)
		if text > maxText*got.Count || structured > maxJSON*got.Count || text+structured > maxPage {
			t.Errorf("%s: %d tokens of text and %d of JSON for %d rows; at most %d and %d a row, %d in all",
				tool.Name, text, structured, got.Count, maxText, maxJSON, maxPage)
		}
	}
}
