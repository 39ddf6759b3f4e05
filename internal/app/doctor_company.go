package app

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/company"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
	"github.com/fiskl-mcp/fiskl-mcp/internal/doctor"
	"github.com/fiskl-mcp/fiskl-mcp/internal/learn"
)

// visit is a round of all companies.
type visit struct {
	examination

	cfg     config.Config
	ours    *contract.Contract
	road    http.RoundTripper
	reached map[string]bool // by address
}

// companies looks at every company's host and books. Companies at the same
// host share what is found of it.
func (e examination) companies(ctx context.Context, cfg config.Config) []doctor.Finding {
	ours, err := contract.Ours()
	if err != nil {
		return []doctor.Finding{{Check: "contract", Verdict: doctor.Problem, Says: "This program's own contract cannot be read: " + err.Error() + "."}}
	}
	road := fisklapi.NewTransport()
	defer road.CloseIdleConnections()
	v := visit{e, cfg, ours, road, make(map[string]bool)}
	var all []doctor.Finding
	for _, one := range cfg.Companies {
		all = append(all, v.company(ctx, one)...)
	}
	return all
}

// longestCall bounds each call, for somebody is waiting.
const longestCall = 10 * time.Second

func (v visit) company(ctx context.Context, one config.Company) []doctor.Finding {
	one.Timeout = min(one.Timeout, longestCall)
	line := company.Line{Transport: v.road}
	if one.Sandbox {
		line.Transport = company.Sandbox(v.cfg.Program)
	}
	co, err := company.OpenOne(v.cfg.Program, one, line, slog.New(slog.DiscardHandler))
	if err != nil {
		return []doctor.Finding{wrongSettings(err)}
	}
	defer co.Leave() //nolint:contextcheck // nothing was changed that could be cut short
	at := address(co)
	var found []doctor.Finding
	if _, known := v.reached[at]; !known {
		found, v.reached[at] = v.look(ctx, at, co)
	}
	if v.differ() {
		return of(co.Name, append(found, v.books(ctx, co, at)...))
	}
	return append(found, of(co.Name, v.books(ctx, co, at))...)
}

// differ reports companies that are not all at the same host.
func (v visit) differ() bool {
	for _, one := range v.cfg.Companies {
		if one.Root() != v.cfg.Companies[0].Root() {
			return true
		}
	}
	return false
}

// of puts a company's name on findings, where it has one.
func of(company string, found []doctor.Finding) []doctor.Finding {
	for i := range found {
		found[i].Company = company
	}
	return found
}

// look looks at the host that a company's books are at.
func (v visit) look(ctx context.Context, at string, co *company.Company) (found []doctor.Finding, ok bool) {
	if co.Sandbox {
		return []doctor.Finding{{Check: "host", Verdict: doctor.OK, Says: "The sandbox is built in: nothing is sent to Fiskl."}}, true
	}
	h := doctor.Host{Address: at, Transport: co.Line.Transport, Proxy: http.ProxyFromEnvironment, Now: v.cfg.Clock()}
	return h.Look(ctx)
}

// books looks at a company's books, if the host is the API.
func (v visit) books(ctx context.Context, co *company.Company, at string) []doctor.Finding {
	if !v.reached[at] {
		found := []doctor.Finding{{Check: "books", Verdict: doctor.Note, Says: "Not looked at: the host comes first, and the key was not sent to it."}}
		if problem := co.CredentialProblem(); problem != "" {
			found = append(found, doctor.Unkeyed(problem))
		}
		return found
	}
	found := doctor.Books{
		API: co.API, Credential: describeCredential(co.Company), Anew: anew(co.Company), Hidden: co.Catalog.Hidden, Tools: len(co.Catalog.All()), Pathless: co.Catalog.Pathless,
	}.Look(ctx, v.ours)
	if co.Dialect != nil && co.Dialect.Learned {
		found = append(found, learnedFinding(recheck(ctx, v.cfg, co, slog.New(slog.DiscardHandler))))
	}
	return found
}

// learnedFinding says whether what was learned of the API still holds.
func learnedFinding(problems []learn.Problem) doctor.Finding {
	f := doctor.Finding{Check: "dialect", Verdict: doctor.OK, Says: "What was learned of the API still holds, as far as it was tried again."}
	if len(problems) == 0 {
		return f
	}
	f.Verdict, f.Says, f.Do = doctor.Problem, "What was learned of the API no longer holds.", "Learn it anew: fiskl-mcp contract learn --yes"
	for _, p := range problems {
		f.Details = append(f.Details, fmt.Sprintf("%s: %s", p.Operation, p.Says))
	}
	return f
}

// address is where the date periods are, which every credential may read.
func address(co *company.Company) string {
	for _, e := range co.API.Endpoints() {
		if e.Operation == fisklapi.OpListDatePeriods {
			return co.API.BaseURL() + e.Path
		}
	}
	return co.API.BaseURL()
}
