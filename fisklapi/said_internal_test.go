package fisklapi

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestSaid reads error bodies in the forms that frameworks give them.
func TestSaid(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"message":"No."}`: "No.",
		`{"type":"about:blank","title":"Bad Request","detail":"Bad day"}`:                            "Bad day",
		`{"title":"Unprocessable"}`:                                                                  "Unprocessable",
		`{"timestamp":"2026","status":404,"error":"Not Found","path":"/v1/vendors"}`:                 "Not Found",
		`{"timestamp":"2026","status":400,"error":"Bad Request","message":"No such day"}`:            "No such day",
		`{"error":"invalid_token","error_description":"The token has expired"}`:                      "The token has expired",
		`{"error":"invalid_token"}`:                                                                  "invalid_token",
		`{"error":{"code":7,"message":"Locked"}}`:                                                    "Locked",
		`{"error":{"code":"LOCKED"}}`:                                                                "LOCKED",
		`{"error":{"error":{"message":"Deep"}}}`:                                                     "Deep",
		`{"data":{"message":"Inside"}}`:                                                              "Inside",
		`{"msg":"Short"}`:                                                                            "Short",
		`{"description":"Long"}`:                                                                     "Long",
		`{"errors":["One","Two"]}`:                                                                   "One; Two",
		`{"message":"Validation failed","errors":[{"field":"email","defaultMessage":"is not one"}]}`: "Validation failed: email: is not one",
		`{"errors":[{"field":"email","message":"is not one."},{"name":"name","reason":"is blank"}]}`: "email: is not one; name: is blank",
		`{"errors":[{"path":"a","detail":"b"},{"pointer":"/c","code":"d"}]}`:                         "a: b; /c: d",
		`{"errors":{"email":"is not one","name":["is blank","is short"]}}`:                           "email: is not one; name: is blank; is short",
		`{"title":"Constraint Violation","violations":[{"field":"f","message":"m"}]}`:                "Constraint Violation: f: m",
		`{"message":"Bad","fieldErrors":[{"field":"f","message":"m"}]}`:                              "Bad: f: m",
		`{"error":{"message":"Bad","details":[{"field":"f","message":"m"}]}}`:                        "Bad: f: m",
		`{"details":"what"}`:                                                                         "what",
		`{"message":["a must be","b must be"]}`:                                                      "a must be; b must be",
		`{"errors":[{"field":"1","message":"x"},"2","3","4","5","6","7"]}`:                           "1: x; 2; 3; 4; 5; and 2 more",
		`[{"message":"In a list"}]`:                                                                  "In a list",
		`"Plain JSON"`:                                                                               "Plain JSON",
		`{"status":500}`:                                                                             "",
		`{"trace":"java.lang.Exception"}`:                                                            "",
		`Service is down`:                                                                            "Service is down",
		`<html><body>Nginx</body></html>`:                                                            "",
		`{"message":"broken`:                                                                         "",
		``:                                                                                           "",
	} {
		if got := said([]byte(body), true); got != want {
			t.Errorf("%s: got %q, want %q", body, got, want)
		}
	}
	if got := said([]byte("panic: goroutine 7"), false); got != "" {
		t.Errorf("got %q of what is for developers", got)
	}
}

func FuzzSaid(f *testing.F) {
	for _, seed := range []string{
		`{"message":"No."}`, `{"errors":{"a":[{"b":"c"}]}}`, `{"error":{"error":{"error":{"error":{"message":7}}}}}`, `[[[[["a"]]]]]`,
		`{"errors":[{"field":"` + strings.Repeat("x", 400) + `","message":"y"}]}`, "plain", `null`, `{"message":"\u202e\u0000"}`,
	} {
		f.Add([]byte(seed), true)
	}
	f.Fuzz(func(t *testing.T, body []byte, plain bool) {
		got := said(body, plain)
		if utf8.RuneCountInString(got) > maxSaid || !utf8.ValidString(got) {
			t.Errorf("got %d characters of %q", utf8.RuneCountInString(got), body)
		}
		if strings.ContainsAny(got, "\n\r\x00\u202e") {
			t.Errorf("got %q", got)
		}
	})
}

// TestPermissionForms reads what a credential may do in every form that an API
// may give it. All mean the same two permissions, and not a third.
func TestPermissionForms(t *testing.T) {
	t.Parallel()
	known := permissionsOf(Endpoints())
	for _, body := range []string{
		`["invoice.read","invoice.write"]`,
		`["INVOICE_READ","INVOICE_WRITE"]`,
		`["invoice:read","invoice:write"]`,
		`["invoices.read","invoices.write"]`,
		`["invoices:read","Invoices/Write"]`,
		`["read:invoice","write_invoice"]`,
		`["invoice-read","invoice-write"]`,
		`["ROLE_INVOICE_READ","SCOPE_invoice.write"]`,
		`"invoice.read invoice.write"`,
		`"invoice.read,invoice.write"`,
		`{"permissions":["invoice.read","invoice.write"]}`,
		`{"data":["invoice.read","invoice.write"]}`,
		`{"authorities":[{"authority":"invoice.read"},{"authority":"invoice.write"}]}`,
		`{"items":["invoice.read","invoice.write"],"total":2}`,
		`{"content":["invoice.read","invoice.write"],"last":true}`,
		`{"success":true,"result":{"permissions":["invoice.read","invoice.write"]}}`,
		`{"me":{"id":7,"permissions":["invoice.read","invoice.write"]}}`,
		`{"granted":["invoice.read","invoice.write"]}`,
		`[{"key":"invoice.read"},{"key":"invoice.write"}]`,
		`[{"name":"invoice.read","granted":true},{"name":"invoice.write","granted":true},{"name":"client.read","granted":false}]`,
		`[{"permission":"invoice.read","allowed":true},{"permission":"invoice.write"},{"permission":"client.read","allowed":false}]`,
		`[{"code":"INVOICE_READ","enabled":1},{"code":"INVOICE_WRITE","enabled":1},{"code":"CLIENT_READ","enabled":0}]`,
		`[{"scope":"invoice:read","has":"true"},{"scope":"invoice:write","has":"yes"},{"scope":"client:read","has":"no"}]`,
		`[{"key":"invoice.read","value":true},{"key":"invoice.write","value":true},{"key":"client.read","value":false}]`,
		`{"invoice.read":true,"invoice.write":true,"client.read":false}`,
		`{"permissions":{"INVOICE_READ":true,"INVOICE_WRITE":true,"CLIENT_READ":false}}`,
		`{"invoice":["read","write"]}`,
		`{"invoices":["read","write"],"client":[]}`,
		`{"invoice":{"read":true,"write":true},"client":{"read":false}}`,
		`{"data":{"permissions":{"invoice":{"read":true,"write":true}}}}`,
		`{"invoice":"read write"}`,
		`[{"resource":"invoice","actions":["read","write"]}]`,
		`[{"name":"invoice","actions":["read","write"]},{"name":"client","actions":[]}]`,
	} {
		var v any
		if err := json.Unmarshal([]byte(body), &v); err != nil {
			t.Fatalf("%s: %v", body, err)
		}
		held := make(map[string]bool)
		for _, key := range known.read(v, 0) {
			held[key] = true
		}
		if len(held) != 2 || !held["invoice.read"] || !held["invoice.write"] {
			t.Errorf("%s: got %v", body, held)
		}
	}
}

// TestPermissionWords reads the words of scopes and wildcards, and those that no
// operation needs.
func TestPermissionWords(t *testing.T) {
	t.Parallel()
	known := permissionsOf(Endpoints())
	for body, want := range map[string]string{
		`"invoicing:read invoicing:write"`:          "invoice.read invoice.send invoice.write quote.read",
		`{"scope":"invoicing:read"}`:                "invoice.read quote.read",
		`{"scopes":["contacts:read","taxes:read"]}`: "client.read tax.read vendor.read",
		`["INVOICING_READ"]`:                        "invoice.read quote.read",
		`["billing_item.read","BILLING_ITEM_READ"]`: "billing_item.read billing_item.read",
		`["invoice.*"]`:                             "invoice.read invoice.send invoice.write",
		`[]`:                                        "",
		`{}`:                                        "",
		`null`:                                      "",
		`7`:                                         "",
		`{"message":"All is well"}`:                 "",
		`["ROLE_OWNER"]`:                            "",
		`[{"name":"Jo Smith","id":7}]`:              "",
	} {
		var v any
		if err := json.Unmarshal([]byte(body), &v); err != nil {
			t.Fatal(err)
		}
		if got := sortedWords(known.read(v, 0)); got != want {
			t.Errorf("%s: got %q, want %q", body, got, want)
		}
	}
	if got := len(known.key("*")); got != len(known.keys) {
		t.Errorf("got %d keys for all", got)
	}
}

func FuzzPermissions(f *testing.F) {
	for _, seed := range []string{`["invoice.read"]`, `{"invoice":{"read":true}}`, `{"a":{"b":{"c":{"d":{"e":["f.g"]}}}}}`, `[{"name":".","actions":"_"}]`, `["._","*.*","-"]`} {
		f.Add([]byte(seed))
	}
	known := permissionsOf(Endpoints())
	f.Fuzz(func(t *testing.T, body []byte) {
		var v any
		if json.Unmarshal(body, &v) != nil {
			return
		}
		for _, key := range known.read(v, 0) {
			if key == "" || key != strings.ToLower(key) {
				t.Errorf("got %q", key)
			}
		}
	})
}

func sortedWords(all []string) string {
	slices.Sort(all)
	return strings.Join(all, " ")
}
