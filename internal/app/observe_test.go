package app

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

// bird is in everything that must not come out.
const bird = "Canary7f3a"

// TestNothingComesOut finds that keys, arguments, names, amounts and what
// callers make up are in no log, no metric and, but for what the journal is
// for, no file; and that metrics count.
func TestNothingComesOut(t *testing.T) {
	t.Parallel()
	keyed := func(r *http.Request) {
		if r.Header.Get("Authorization") == "Bearer fsk_"+bird {
			r.Header.Set("Authorization", "Bearer fsk_sandboxOwner")
		}
	}
	api := routed(t, keyed)
	h := receptive(t, []string{"FISKL_BASE_URL=" + api, "FISKL_RATE_LIMIT=0"},
		"--auth", "header", "--log-level", "debug", "--metrics-listen", "127.0.0.1:0")
	v := h.by("X-Fiskl-Api-Key", "fsk_"+bird)
	if a := v.told("create_client", `{"name":"Name `+bird+`","email":"`+bird+`@example.com","notes":"Note `+bird+`"}`); a.failed {
		t.Errorf("got %+v", a)
	}
	for tool, args := range map[string]string{
		"list_clients":    `{"search":"` + bird + `"}`,
		"get_client":      `{"client":"Nobody ` + bird + `"}`,
		"preview_invoice": `{"client":"Name ` + bird + `","items":[{"name":"Item ` + bird + `","quantity":1,"price":"7312.97"}]}`,
		"list_invoices":   `{"` + bird + `":true}`,
		"get_money":       `{"` + bird + `":true}`,
		bird:              `{}`,
	} {
		v.call(tool, args)
	}
	v.post(bird, "", "")
	h.by("X-Fiskl-Api-Key", "fsk_x"+bird).call("get_context", `{}`)
	h.by("Authorization", "Bearer "+bird).call("get_context", `{}`)
	h.send(http.MethodPost, h.url+"?key="+bird, "{"+bird, "Content-Type", "application/json", "X-Fiskl-Api-Key", "fsk_"+bird)
	h.send(http.MethodPost, h.url, "{}", "Origin", "https://"+bird+".example", "User-Agent", bird, "Mcp-Session-Id", bird)
	h.get(h.at("/" + bird))

	counted := h.get(h.metrics()).body
	for _, want := range []string{
		`fiskl_mcp_requests_total{era="modern",method="tools/call",outcome="ok",tool="create_client"} 1`,
		`fiskl_mcp_requests_total{era="modern",method="tools/call",outcome="tool_error",tool="get_client"} 1`,
		`fiskl_mcp_requests_total{era="modern",method="tools/call",outcome="protocol_error",tool="_OTHER"} 2`,
		`fiskl_mcp_requests_total{era="modern",method="_OTHER",outcome="protocol_error",tool=""} 1`,
		`fiskl_mcp_refusals_total{reason="unauthenticated"} 2`,
		`fiskl_mcp_refusals_total{reason="origin"} 1`,
		`fiskl_mcp_refusals_total{reason="message"} 1`,
		`fiskl_mcp_upstream_requests_total{operation="createClient",status="2xx"} 1`,
		"go_goroutines ", "process_start_time_seconds ",
	} {
		if !strings.Contains(counted, want) {
			t.Errorf("the metrics lack %s in\n%s", want, ourMetrics(counted))
		}
	}
	h.end()
	for _, line := range []string{"request", "status=200", "status=401", "status=403", "method=tools/call", "name=create_client", "principal=key:", "reason=unauthenticated", "fiskl request", "call refused request_id=", "called request_id="} {
		if !strings.Contains(h.log.String(), line) {
			t.Errorf("the log lacks %s:\n%s", line, h.log)
		}
	}
	for where, text := range map[string]string{"metrics": counted, "log": h.log.String(), "start line": h.line} {
		for _, secret := range []string{bird, strings.ToLower(bird), "7312.97", "731297", "sandboxOwner"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s in the %s:\n%s", secret, where, text)
			}
		}
	}
	files := kept(t, h.state)
	if strings.Contains(files, "fsk_") || strings.Contains(files, "Note "+bird) || !strings.Contains(files, "Name "+bird) {
		t.Errorf("the state folder holds\n%s", files)
	}
	if names, err := filepath.Glob(filepath.Join(h.state, "*", "*", "*"+bird+"*")); err != nil || len(names) > 0 {
		t.Errorf("files are named %q, %v", names, err)
	}
}

// ourMetrics are the metrics of our own, for messages.
func ourMetrics(all string) string {
	var b strings.Builder
	for line := range strings.Lines(all) {
		if strings.HasPrefix(line, "fiskl_mcp_") && !strings.Contains(line, "_bucket") {
			b.WriteString(line)
		}
	}
	return b.String()
}

// TestLimitsAreTold finds that a caller who asks too often is told when to come
// again, that others are not disturbed, and that it is counted.
func TestLimitsAreTold(t *testing.T) {
	t.Parallel()
	h := receptive(t, nil, "--sandbox", "--auth", "static", "--access-tokens-file", tokensFile(t, "anna", "rw", "ben", "rw"),
		"--caller-rate", "0.01", "--metrics-listen", "127.0.0.1:0")
	anna, ben := h.bearing("token-of-anna"), h.bearing("token-of-ben")
	refused := 0
	for range 12 {
		got := anna.call("list_taxes", `{}`)
		if got.status == http.StatusTooManyRequests && got.header.Get("Retry-After") != "" && member(t, got.body, "error") != nil {
			refused++
		} else if got.status != http.StatusOK {
			t.Errorf("got %d %s", got.status, got.body)
		}
	}
	if refused == 0 {
		t.Error("anna was never told to wait")
	}
	if a := ben.told("list_taxes", `{}`); a.failed {
		t.Errorf("ben was disturbed: %+v", a)
	}
	counted := h.get(h.metrics()).body
	if want := fmt.Sprintf("fiskl_mcp_limits_hit_total{limit=\"rate\"} %d\n", refused); !strings.Contains(counted, want) {
		t.Errorf("want %s in\n%s", want, ourMetrics(counted))
	}
	h.end()
}
