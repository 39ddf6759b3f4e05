package fisklapi_test

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// method is one method of the client, called once.
type method struct {
	name string
	call func(context.Context, *fisklapi.Client) (any, error)

	// sent are the requests it makes: all that it says to Fiskl. Writes come in this order; the reads between two may
	// come in another.
	sent []string

	// from is the path whose last answer the result shows; empty when it only draws on one.
	from string

	// dropped are the fields of that answer that the result leaves out on purpose.
	dropped []string
}

// on makes a method's call out of a service and an argument.
func on[S, In, Out any](service func(*fisklapi.Client) S, do func(S, context.Context, In) (Out, error), in In) func(context.Context, *fisklapi.Client) (any, error) {
	return func(ctx context.Context, c *fisklapi.Client) (any, error) { return do(service(c), ctx, in) }
}

func everyMethod() []method {
	return slices.Concat(contactMethods(), invoiceMethods(), paymentMethods(), productMethods(), companyMethods(), reportMethods(), insightMethods())
}

// TestMethods calls every method of every service.
func TestMethods(t *testing.T) {
	t.Parallel()
	for _, test := range everyMethod() {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			world, _ := sandboxed(t)
			got, err := test.call(t.Context(), world.Client)
			if err != nil {
				t.Fatal(err)
			}
			if sent, want := inAnyOrder(world.tape.lines()), inAnyOrder(test.sent); !slices.Equal(sent, want) {
				t.Errorf("sent\n%s\nwant\n%s", strings.Join(sent, "\n"), strings.Join(want, "\n"))
			}
			if test.from == "" {
				return
			}
			if missing := lost(t, world.tape.answer(t, test.from), got); !slices.Equal(missing, test.dropped) {
				t.Errorf("the answer's %q are not in %+v, want %q left out", missing, got, test.dropped)
			}
		})
	}
}

// inAnyOrder sorts the reads between two writes: some are made side by side.
func inAnyOrder(requests []string) []string {
	sorted := slices.Clone(requests)
	for start := 0; start < len(sorted); start++ {
		end := start
		for end < len(sorted) && (strings.HasPrefix(sorted[end], "GET ") || strings.HasPrefix(sorted[end], "POST /v1/invoices/preview ")) {
			end++ // a preview changes nothing
		}
		slices.Sort(sorted[start:end])
		start = end
	}
	return sorted
}

// TestEveryMethodIsTested finds the methods of the client that the table above lacks.
func TestEveryMethodIsTested(t *testing.T) {
	t.Parallel()
	tested := make(map[string]bool)
	for _, m := range everyMethod() {
		tested[m.name] = true
	}
	for service := range reflect.TypeFor[fisklapi.Client]().Fields() {
		if !service.IsExported() {
			continue
		}
		for m := range service.Type.Methods() {
			if name := service.Name + "." + m.Name; !tested[name] {
				t.Errorf("%s is not tested", name)
			}
		}
	}
}

func clients(c *fisklapi.Client) fisklapi.Clients { return c.Clients }
func vendors(c *fisklapi.Client) fisklapi.Vendors { return c.Vendors }

func contactMethods() []method {
	acme := schemas.ClientRef{Client: "1024"}
	yard := schemas.VendorRef{Vendor: "2051"}
	everything := schemas.NewContact{
		Name: "Zed Ltd", Email: "z@zed.example", Phone: "1", Address: "1 Street", Country: "gb", Currency: "gbp", TaxNumber: "GB1", Notes: "n",
	}
	text := func(s string) *string { return &s }
	return []method{
		{
			name: "Clients.List", from: "/v1/clients",
			dropped: []string{"address", "created", "notes", "updated"},
			call:    on(clients, fisklapi.Clients.List, schemas.ContactFilter{Search: "mill", IncludeArchived: true}),
			sent:    []string{"GET /v1/clients?includeArchived=true&name=mill&page=0&size=50"},
		},
		{
			name: "Clients.Get", from: "/v1/clients/1024",
			call: on(clients, fisklapi.Clients.Get, acme),
			sent: []string{"GET /v1/clients/1024"},
		},
		{
			name: "Clients.Create", from: "/v1/clients",
			call: on(clients, fisklapi.Clients.Create, schemas.NewClient{NewContact: everything, CC: []string{"a@b.example"}, BCC: []string{"c@d.example"}, ShippingAddress: "2 Street"}),
			sent: []string{"GET /v1/clients?includeArchived=true&page=0&size=50", "GET /v1/clients?includeArchived=true&page=1&size=50", `POST /v1/clients {"address":"1 Street","bcc":["c@d.example"],"cc":["a@b.example"],"country":"GB","currency":"GBP","email":"z@zed.example","name":"Zed Ltd","notes":"n","phone":"1","shippingAddress":"2 Street","taxNumber":"GB1"}`},
		},
		{
			name: "Clients.Update", from: "/v1/clients/1101",
			call: on(clients, fisklapi.Clients.Update, schemas.ClientPatch{
				ClientRef:    schemas.ClientRef{Client: "1101"},
				ContactPatch: schemas.ContactPatch{Country: text("ie"), Notes: text("")},
				CC:           &[]string{"a@b.example"},
			}),
			sent: []string{
				"GET /v1/clients/1101",
				`PUT /v1/clients/1101 {"address":"Mill Street\nOxford OX2 0AJ","archived":true,"cc":["a@b.example"],"country":"IE","created":"2025-03-27T09:00:00Z","currency":"GBP","email":"office@oldmillpress.example","id":1101,"name":"Old Mill Press","notes":"","updated":"2026-01-26T11:00:00Z"}`,
				"GET /v1/audit/Client/1101",
			},
		},
		{
			name: "Vendors.List", from: "/v1/vendors",
			dropped: []string{"created", "phone", "updated"},
			call:    on(vendors, fisklapi.Vendors.List, schemas.ContactFilter{Search: "tideway"}),
			sent:    []string{"GET /v1/vendors?name=tideway&page=0&size=50"},
		},
		{
			name: "Vendors.Get", from: "/v1/vendors/2051",
			call: on(vendors, fisklapi.Vendors.Get, yard),
			sent: []string{"GET /v1/vendors/2051"},
		},
		{
			name: "Vendors.Create", from: "/v1/vendors",
			call: on(vendors, fisklapi.Vendors.Create, schemas.NewVendor{NewContact: everything, RegistrationNumber: "123"}),
			sent: []string{"GET /v1/vendors?includeArchived=true&page=0&size=50", "GET /v1/vendors?includeArchived=true&page=1&size=50", `POST /v1/vendors {"address":"1 Street","country":"GB","currency":"GBP","email":"z@zed.example","name":"Zed Ltd","notes":"n","phone":"1","registrationNumber":"123","taxNumber":"GB1"}`},
		},
		{
			name: "Vendors.Update", from: "/v1/vendors/2051",
			call: on(vendors, fisklapi.Vendors.Update, schemas.VendorPatch{VendorRef: yard, RegistrationNumber: text("9")}),
			sent: []string{
				"GET /v1/vendors/2051",
				`PUT /v1/vendors/2051 {"country":"GB","created":"2025-03-27T09:00:00Z","currency":"GBP","email":"rents@kingslandyard.example","id":2051,"name":"Kingsland Yard Properties Ltd","registrationNumber":"9","updated":"2025-03-27T09:00:00Z"}`,
				"GET /v1/audit/Vendor/2051",
			},
		},
	}
}
