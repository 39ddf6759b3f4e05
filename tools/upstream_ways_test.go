package tools_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// upstreamWay is how something between a tool and Fiskl's books answers a write.
type upstreamWay struct {
	does   bool // whether the write is carried out
	later  bool // only after it was answered
	answer func(*posted) (*http.Response, error)
	want   string // what it is told as
	says   string // what is quoted of it
}

// posted is a write on its way.
type posted struct {
	req   *http.Request
	made  *http.Response // what the sandbox answered; nil when it was not carried out
	body  []byte
	other []byte // a record of that kind which was there before
}

// fixed answers with a status and a body.
func fixed(status int, body string, headers ...string) func(*posted) (*http.Response, error) {
	return func(p *posted) (*http.Response, error) {
		h := http.Header{"Content-Type": {"application/json"}}
		for i := 0; i+1 < len(headers); i += 2 {
			h.Set(headers[i], headers[i+1])
		}
		return &http.Response{
			StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)), Request: p.req,
			Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		}, nil
	}
}

// broken gives no answer.
func broken(problem string) func(*posted) (*http.Response, error) {
	return func(*posted) (*http.Response, error) { return nil, errors.New(problem) }
}

// changed answers with what was made, in another form.
func changed(status int, change func(record map[string]any) any) func(*posted) (*http.Response, error) {
	return func(p *posted) (*http.Response, error) {
		var record map[string]any
		d := json.NewDecoder(bytes.NewReader(p.body))
		d.UseNumber()
		if err := d.Decode(&record); err != nil {
			return nil, err
		}
		b, err := json.Marshal(change(record))
		if err != nil {
			return nil, err
		}
		return fixed(status, string(b))(p)
	}
}

// members changes members of what was made.
func members(changes map[string]any) func(map[string]any) any {
	return func(record map[string]any) any {
		for name, value := range changes {
			if _, there := record[name]; there {
				record[name] = value
			}
		}
		return record
	}
}

const (
	isDone    = "done"
	isRefused = "refused"
	isUnknown = "unknown"
)

const locked = "The period is locked."

// silent are answers that show nothing, and errors under a status of success.
func silent() map[string]upstreamWay {
	all := make(map[string]upstreamWay)
	for name, answer := range map[string]func(*posted) (*http.Response, error){
		"200 empty": fixed(200, ""), "204": fixed(204, ""), "202 empty": fixed(202, ""), "202 accepted": fixed(202, `{"status":"ACCEPTED"}`),
		"empty object": fixed(200, "{}"), "null": fixed(200, "null"), "empty list": fixed(200, "[]"), "a text": fixed(200, `"ok"`), "true": fixed(200, "true"),
		"plain text": fixed(200, "OK", "Content-Type", "text/plain"), "success": fixed(200, `{"success":true}`), "a message": fixed(200, `{"message":"Queued"}`),
		"a page": fixed(200, "<html><body>Fiskl</body></html>", "Content-Type", "text/html"), "cut JSON": fixed(201, `{"id":77,"na`),
		"id null": fixed(201, `{"id":null}`), "id of nothing": fixed(201, `{"id":987654}`), "reset": broken("connection reset by peer"), "timeout": broken("deadline exceeded"),
		"GOAWAY": broken("http2: server sent GOAWAY and closed the connection"), "500": fixed(500, `{"message":"Oops"}`), "504": fixed(504, "", "Retry-After", "9"),
		"502 page": fixed(502, "<html>Bad Gateway</html>", "Content-Type", "text/html", "Retry-After", "9"),
	} {
		all[name] = upstreamWay{answer: answer, want: isUnknown}
		all[name+", and done"] = upstreamWay{answer: answer, does: true, want: isDone}
		if slices.Contains([]string{"204", "202 accepted", "a message", "timeout", "GOAWAY", "500"}, name) {
			all[name+", and done later"] = upstreamWay{answer: answer, later: true, want: isUnknown}
		}
	}
	for name, body := range map[string]string{
		"error": `{"error":"` + locked + `"}`, "error object": `{"error":{"code":"LOCKED","message":"` + locked + `"}}`, "errors": `{"errors":[{"field":"date","message":"` + locked + `"}]}`,
		"no success": `{"success":false,"message":"` + locked + `"}`, "failed": `{"status":"FAILED","reason":"` + locked + `"}`, "error within": `{"data":{"error":"` + locked + `"}}`,
		"errors beside nothing": `{"data":null,"errors":[{"message":"` + locked + `"}]}`, "deep": `{"response":{"result":{"ok":false,"detail":"` + locked + `"}}}`,
		"status inside": `{"status":422,"title":"Unprocessable","detail":"` + locked + `"}`, "code inside": `{"code":400,"message":"` + locked + `"}`, "in a list": `[{"error":"` + locked + `"}]`,
		"says error": `{"isError":true,"message":"` + locked + `"}`, "failing result": `{"result":"error","msg":"` + locked + `"}`, "fault": `{"fault":{"faultstring":"x","detail":"` + locked + `"}}`,
		"list of texts": `{"errors":["` + locked + `"]}`, "by field": `{"errors":{"date":["` + locked + `"]}}`,
	} {
		all["200 "+name] = upstreamWay{answer: fixed(200, body), want: isRefused, says: "The period is locked"}
		all["200 "+name+", and done"] = upstreamWay{answer: fixed(200, body), does: true, want: isDone}
	}
	return all
}

// refusals are statuses that say no, and what may hide behind them.
func refusals() map[string]upstreamWay {
	all := make(map[string]upstreamWay)
	for name, answer := range map[string]func(*posted) (*http.Response, error){
		"400": fixed(400, `{"message":"`+locked+`"}`), "409": fixed(409, `{"message":"`+locked+`"}`), "422": fixed(422, `{"message":"`+locked+`"}`),
		"429": fixed(429, `{"message":"Slow down"}`, "Retry-After", "9"),
	} {
		all[name] = upstreamWay{answer: answer, want: isRefused}
		all[name+", and done"] = upstreamWay{answer: answer, does: true, want: isUnknown}
	}
	for name, status := range map[string]int{"401": 401, "402": 402, "403": 403, "404": 404, "405": 405} {
		all[name] = upstreamWay{answer: fixed(status, `{"message":"No"}`), want: isRefused}
	}
	for name, status := range map[string]int{"302": 302, "303": 303, "307": 307} {
		all[name] = upstreamWay{answer: fixed(status, "", "Location", "https://my.fiskl.example/login"), want: isRefused}
		all[name+", and done"] = upstreamWay{answer: fixed(status, "", "Location", "https://my.fiskl.example/login"), does: true, want: isDone}
	}
	return all
}

// records are answers that hold a record, which may be another than was made.
func records() map[string]upstreamWay {
	all := map[string]upstreamWay{
		"other record": {want: isUnknown, answer: func(p *posted) (*http.Response, error) { return fixed(201, string(p.other))(p) }},
		"other record, and done": {does: true, want: isDone, answer: func(p *posted) (*http.Response, error) {
			return fixed(200, string(p.other))(p)
		}},
		"address only": {does: true, want: isDone, answer: func(p *posted) (*http.Response, error) {
			var made struct {
				ID json.Number `json:"id"`
			}
			err := json.Unmarshal(p.body, &made)
			return &http.Response{
				StatusCode: 201, Header: http.Header{"Location": {p.req.URL.Path + "/" + made.ID.String()}}, Body: http.NoBody, Request: p.req,
			}, err
		}},
	}
	asItIs := func(r map[string]any) any { return r }
	all["200 as it is"] = upstreamWay{does: true, want: isDone, answer: changed(http.StatusOK, asItIs)}
	for name, change := range map[string]func(map[string]any) any{
		"as it is": asItIs,
		"in data":  func(r map[string]any) any { return map[string]any{"data": r} },
		"in a success": func(r map[string]any) any {
			return map[string]any{"success": true, "errors": []any{}, "error": nil, "result": r}
		},
		"in a list": func(r map[string]any) any { return []any{r} },
		"id only":   func(r map[string]any) any { return map[string]any{"id": r["id"]} },
		"id in data": func(r map[string]any) any {
			return map[string]any{"status": "OK", "data": map[string]any{"id": r["id"]}}
		},
		"without id":    func(r map[string]any) any { delete(r, "id"); return r },
		"other amount":  members(map[string]any{"amount": 1, "total": 1, "subtotal": 1, "name": "Another"}),
		"no lines":      members(map[string]any{"items": []any{}, "total": 0, "subtotal": 0, "taxTotal": 0}),
		"other money":   members(map[string]any{"currency": "USD"}),
		"other invoice": members(map[string]any{"invoiceId": 5253, "clientId": 1035}),
		"beside errors": func(r map[string]any) any { r["errors"] = []string{"mail queue full"}; return r },
	} {
		all["201 "+name] = upstreamWay{does: true, want: isDone, answer: changed(http.StatusCreated, change)}
	}
	return all
}

// TestWays counts them.
func TestWays(t *testing.T) {
	t.Parallel()
	if n := len(silent()) + len(refusals()) + len(records()); n < 40 {
		t.Errorf("there are %d ways", n)
	}
}
