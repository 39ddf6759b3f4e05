package tools_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// TestDryRun calls every tool that writes: no write is sent, and the answer
// says so and what it would have been.
func TestDryRun(t *testing.T) {
	t.Parallel()
	for _, tool := range catalog(t, tools.Options{}).All() {
		if tool.Effect == tools.Read {
			continue
		}
		for _, confirm := range []tools.Confirm{tools.ConfirmAsk, tools.ConfirmToken, tools.ConfirmOff} {
			t.Run(tool.Name+"/"+string(confirm), func(t *testing.T) {
				t.Parallel()
				d := newDesk(t, tools.Options{DryRun: true, Confirm: confirm})
				args := json.RawMessage(arguments(t, tool.Name))
				for _, asks := range []bool{false, true} {
					a := d.request(t, tool.Name, tools.Request{Args: args, Asks: asks})
					if a.Question != nil || a.Defect || !strings.Contains(a.Text, "ry run") || d.writes() != 0 {
						t.Errorf("written: %v; %.300s", d.road.written(), a.Text)
					}
					if a.Err != nil && !strings.HasPrefix(a.Text, "Dry run, nothing was changed: "+tool.Name+" would ") {
						t.Errorf("got %s", a.Text)
					}
					if a.Err == nil {
						d.valid(t, tool.Name, a)
					}
				}
				if rows := actions(t, d, `{}`).Rows; len(rows) != 0 {
					t.Errorf("the journal has %+v", rows)
				}
			})
		}
	}
}

// TestDryRunWords holds what a dry run says to what it would do.
func TestDryRunWords(t *testing.T) {
	t.Parallel()
	d := newDesk(t, tools.Options{DryRun: true})
	for tool, c := range map[string][2]string{
		"create_client":   {`{"name":"Quay \"Cycles\""}`, `Dry run, nothing was changed: create_client would add client "Quay 'Cycles'".`},
		"update_client":   {`{"client":"1035","notes":"x","phone":"1"}`, `Dry run, nothing was changed: update_client would change client "Northwind Bakery" (id 1035): notes, phone.`},
		"update_invoice":  {`{"invoice":"INV-0150","notes":"x"}`, `Dry run, nothing was changed: update_invoice would change invoice "INV-0150" (id 5268): notes.`},
		"send_invoice":    {`{"invoice":"INV-0150"}`, "Dry run: Nothing has been sent. E-mail invoice INV-0150 to its client?"},
		"record_payment":  {`{"invoice":"INV-0145","amount":"1"}`, "Dry run: Nothing has been recorded. Record 1.00 GBP as received on invoice INV-0145?"},
		"create_invoice":  {contents()["hours"], "nothing saved"},
		"request_feature": {`{"title":"Credit notes","description":"x"}`, "Dry run, nothing was changed: request_feature would add feature"},
	} {
		if a := d.call(t, tool, c[0]); !strings.Contains(a.Text, c[1]) {
			t.Errorf("%s: got %.300s", tool, a.Text)
		}
	}
	shown := d.previewed(t, contents()["products"])
	a := d.must(t, "create_invoice", plus(t, `{}`, "preview_token", shown.PreviewToken))
	if got := invoice(t, a); got.ID != "" || got.Total != shown.Total || !strings.Contains(a.Text, "Dry run: nothing was created") {
		t.Errorf("got %s", a.Text)
	}
	if d.writes() != 0 {
		t.Errorf("written: %v", d.road.written())
	}
}

// TestDryRunWithYes finds that no yes makes a dry run write.
func TestDryRunWithYes(t *testing.T) {
	t.Parallel()
	for tool, args := range confirmables() {
		for _, w := range ways() {
			wet := newDesk(t, tools.Options{})
			proof := wet.propose(t, w, tool, args)
			dry := wet.beside(t, "", func(o *tools.Options) { o.DryRun = true })
			a := dry.request(t, tool, agreed(t, w, args, proof))
			if a.Err != nil || !strings.HasPrefix(a.Text, "Dry run: Nothing has been ") || dry.writes() != 0 {
				t.Errorf("%s by %s: %.300s", tool, w, a.Text)
			}
			wet.wrote(t, tool, wet.agree(t, w, tool, args, proof), 0) // the yes is still good
		}
	}
}

// TestReadOnlyBeatsAll finds that a read-only server writes under no setting.
func TestReadOnlyBeatsAll(t *testing.T) {
	t.Parallel()
	for _, o := range []tools.Options{{DryRun: true}, {Confirm: tools.ConfirmOff}, {}} {
		o.ReadOnly = true
		d := newDesk(t, o)
		for _, tool := range d.All() {
			if tool.Effect == tools.Read {
				continue
			}
			a := d.request(t, tool.Name, tools.Request{Args: json.RawMessage(arguments(t, tool.Name)), Asks: true, State: "fa_x", Reply: &tools.Reply{Agreed: true}})
			d.refused(t, a, 0, tool.Name+" is not offered: this server was started read-only")
		}
	}
}
