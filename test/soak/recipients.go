package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// meddling is how often somebody changes whom a client's invoices go to while a
// person is asked.
const meddling = 0.15

// errStale is a yes to something else than would be sent now.
var errStale = errors.New("what would be sent has changed since the person agreed")

// asked has a person agree to an e-mail as it is shown, and sends it if it is
// still the same then, as the tools do.
func (m *model) asked(ctx context.Context, api *fisklapi.Client, in schemas.InvoiceRef, meddles bool) error {
	shown, err := api.Invoices.PlanSend(ctx, in)
	if err != nil {
		return err
	}
	if meddles {
		if err := m.road.meddle(ctx, shown.Invoice.ClientID); err != nil {
			return err
		}
	}
	m.road.agreed.RLock() // whoever meddles after the last look cannot be seen by anybody
	defer m.road.agreed.RUnlock()
	now, err := api.Invoices.PlanSend(ctx, in)
	if err != nil {
		return err
	}
	if now.Write.Content != shown.Write.Content || now.Write.State != shown.Write.State {
		return errStale
	}
	whole, err := json.Marshal(shown.Write)
	if err != nil {
		return err
	}
	tryOf(ctx).shows(string(whole))
	_, err = now.Do(ctx)
	return err
}

// meddle has somebody else change where a client's invoices go.
func (r *road) meddle(ctx context.Context, client schemas.ID) error {
	r.agreed.Lock()
	defer r.agreed.Unlock()
	r.mu.Lock()
	defer r.mu.Unlock()
	second := r.clock.step(time.Second).Unix()
	r.others[second] = true
	path := "/v1/clients/" + string(client)
	record, err := r.record(ctx, path)
	if err != nil {
		return err
	}
	maps.Copy(record, map[string]any{
		"email": fmt.Sprintf("a%d@changed.example", second), "cc": []string{fmt.Sprintf("b%d@changed.example", second)}, "bcc": []string{fmt.Sprintf("c%d@changed.example", second)},
	})
	body, err := json.Marshal(record)
	if err != nil {
		return err
	}
	res, err := r.byHand(ctx, http.MethodPut, path, body)
	if err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		err = fmt.Errorf("change the recipients of %s: %s", client, res.Status)
	}
	r.met[changedMeanwhile]++
	return errors.Join(err, res.Body.Close())
}

// addressed holds those to whom Fiskl sends an invoice against those who were
// shown.
func (r *road) addressed(req *http.Request, who *try) error {
	invoice, err := r.record(req.Context(), strings.TrimSuffix(req.URL.Path, "/send"))
	if err != nil {
		return err
	}
	client, err := r.record(req.Context(), fmt.Sprintf("/v1/clients/%v", invoice["clientId"]))
	if err != nil {
		return err
	}
	to := map[string]any{"clientEmail": invoice["clientEmail"], "cc": client["cc"], "bcc": client["bcc"]}
	for member, value := range to {
		for _, address := range addresses(value) {
			if !strings.Contains(who.shown(), address) {
				r.unseen = append(r.unseen, fmt.Sprintf("%s of invoice %v of try %s", member, invoice["number"], who.name))
			}
		}
	}
	return nil
}

func addresses(v any) []string {
	switch v := v.(type) {
	case string:
		if v != "" {
			return []string{v}
		}
	case []any:
		var all []string
		for _, one := range v {
			all = append(all, addresses(one)...)
		}
		return all
	}
	return nil
}

// record reads one of Fiskl's records, past the road and its troubles.
func (r *road) record(ctx context.Context, path string) (map[string]any, error) {
	res, err := r.byHand(ctx, http.MethodGet, path, nil)
	if err != nil {
		return nil, err
	}
	var record map[string]any
	d := json.NewDecoder(res.Body)
	d.UseNumber()
	err = d.Decode(&record)
	return record, errors.Join(err, res.Body.Close())
}

func (r *road) byHand(ctx context.Context, method, path string, body []byte) (*http.Response, error) {
	req, err := http.NewRequestWithContext(context.WithoutCancel(ctx), method, "http://127.0.0.1"+path, bytes.NewReader(body)) //nolint:gosec // the sandbox in this process
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+sandbox.KeyOwner)
	req.Header.Set("Content-Type", "application/json")
	return r.end.RoundTrip(req)
}
