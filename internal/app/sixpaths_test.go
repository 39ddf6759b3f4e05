package app

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

// onlyDocumented is an API that has the paths which Fiskl prints, and answers
// all others as Spring does by itself.
func onlyDocumented(inside http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if slices.Contains([]string{
			"GET /v1/date-periods", "GET /v1/me/permissions", "GET /v1/clients", "GET /v1/invoices", "POST /v1/invoices", "POST /v1/invoices/preview",
		}, r.Method+" "+r.URL.Path) {
			inside.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusNotFound)
		_ = json.NewEncoder(w).Encode(map[string]any{"timestamp": present(), "status": 404, "error": "Not Found", "path": r.URL.Path})
	})
}

// TestSixPaths runs the program against an API of which only the printed paths
// are there.
func TestSixPaths(t *testing.T) {
	t.Parallel()
	env := []string{hosted(t, onlyDocumented(sandbox.New(sandbox.Options{Now: present, Like: demoCompany}))), "FISKL_API_KEY=" + sandbox.KeyOwner}
	const content = `{"client":"Blue Heron Hotels","items":[{"name":"Hours","quantity":"1","price":"10"}],"currency":"GBP"}`
	for name, c := range map[string]struct {
		env  []string
		args []string
		want []string
	}{
		"context":         {nil, []string{"call", "get_context"}, []string{"(the company of key fsk_", "today is in UTC", "invoice.write"}},
		"named":           {[]string{"FISKL_COMPANY_NAME=Harbour Ltd", "FISKL_TIME_ZONE=Pacific/Kiritimati"}, []string{"call", "get_context"}, []string{"Harbour Ltd", "2026-11-23", "FISKL_TIME_ZONE"}},
		"list":            {nil, []string{"call", "list_invoices", `{"client":"Blue Heron Hotels"}`}, []string{"today_note", "complete"}},
		"create":          {nil, []string{"call", "create_invoice", content}, []string{"Draft", "today's date in UTC"}},
		"create in zone":  {[]string{"FISKL_TIME_ZONE=Pacific/Kiritimati"}, []string{"call", "create_invoice", content}, []string{"Draft", "2026-11-23"}},
		"a missing path":  {nil, []string{"call", "list_vendors"}, []string{"this API has no GET /v1/vendors", "contract adopt FILE", "fiskl-mcp doctor"}},
		"update":          {nil, []string{"call", "update_client", `{"client":"Blue Heron Hotels","notes":"x"}`}, []string{"nothing was changed", "this API has no GET /v1/clients/{id}"}},
		"whoami":          {nil, []string{"whoami"}, []string{"invoice.write"}},
		"contract check":  {nil, []string{"contract", "check"}, []string{"there is nothing"}},
		"wrong time zone": {[]string{"FISKL_TIME_ZONE=Here/There"}, []string{"whoami"}, []string{`FISKL_TIME_ZONE "Here/There" is not a time zone`}},
		"name is a key":   {[]string{"FISKL_COMPANY_NAME=" + canary}, []string{"whoami"}, []string{"FISKL_COMPANY_NAME (not shown, for it holds a key) is not a name"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := try(t, slices.Concat(env, c.env), "", c.args...)
			for _, want := range c.want {
				if !strings.Contains(got.out+got.err, want) {
					t.Errorf("got %+v, want %q", got, want)
				}
			}
			if strings.Contains(got.out+got.err, sandbox.KeyOwner) || strings.Contains(got.out+got.err, canary) {
				t.Error("it gives a key away")
			}
		})
	}
}

// TestUntoldPermissions finds that every tool is offered where what a key may do
// cannot be read.
func TestUntoldPermissions(t *testing.T) {
	t.Parallel()
	for body, status := range map[string]int{`[]`: 200, `{"roles":["OWNER"]}`: 200, `what`: 200, `{"status":404,"error":"Not Found"}`: 404, `{}`: 500} {
		t.Run(body, func(t *testing.T) {
			t.Parallel()
			inside := sandbox.New(sandbox.Options{Now: present, Like: demoCompany})
			api := hosted(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/v1/me/permissions" {
					inside.ServeHTTP(w, r)
					return
				}
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(status)
				_, _ = w.Write([]byte(body))
			}))
			got := try(t, []string{api, "FISKL_API_KEY=" + sandbox.KeyOwner}, "", "call", "get_context")
			if got.code != exitOK || !strings.Contains(got.out, "every tool is offered") || strings.Contains(got.out, "hidden_tools") {
				t.Errorf("got %+v", got)
			}
			c := talk(t, []string{api, "FISKL_API_KEY=" + sandbox.KeyReadOnly}, "stdio")
			c.send(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}`)
			c.receive()
			c.send(`{"jsonrpc":"2.0","id":2,"method":"tools/list"}`)
			if list := c.receive(); !strings.Contains(list, `"create_vendor"`) || !strings.Contains(list, `"record_payment"`) {
				t.Errorf("got %.300s", list)
			}
		})
	}
}
