package app

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/doctor"
)

func doctorCommand(w environment) *cobra.Command {
	asJSON := false
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Check everything from the settings to the books, and say what to do",
		Long: `Check everything from the settings to the books, and say what to do: where each
setting comes from, whether the host is the API, what the credential may do,
whether the API is as this version expects, and whether the client programs of
this machine start the server rightly. Nothing is changed, and nothing that is
printed is secret. The exit status is 0 when the program can be used like that,
and 1 when it cannot.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return examine(c.Context(), examination{w: w, given: givenFlags(c)}, asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the findings as JSON")
	return c
}

func examine(ctx context.Context, e examination, asJSON bool) error {
	r := e.report(ctx)
	var err error
	if asJSON {
		err = printJSON(e.w.out, r)
	} else {
		err = r.Text(e.w.out)
	}
	if err == nil && !r.Usable {
		return errSaid
	}
	return err
}

// examination is one run of the doctor.
type examination struct {
	w     environment
	given map[string]string // flags
}

// longestExamination bounds all that is asked of hosts.
const longestExamination = 90 * time.Second

func (e examination) report(ctx context.Context) doctor.Report {
	findings, cfg, err := e.settings()
	if err == nil {
		findings = append(findings, e.journals(ctx, cfg)...)
		ctx, cancel := context.WithTimeout(ctx, longestExamination)
		defer cancel()
		findings = append(findings, e.companies(ctx, cfg)...)
	}
	findings = append(findings, e.programs(cfg)...)
	return doctor.NewReport(version(), findings, e.secrets(cfg)...)
}

// programs looks at the client programs of this machine.
func (e examination) programs(cfg config.Config) []doctor.Finding {
	clients, err := clientsHere(e.w)
	if err != nil {
		return []doctor.Finding{{Check: "clients' files", Verdict: doctor.Note, Says: "Not looked at: " + err.Error() + "."}}
	}
	keyed := true
	for _, one := range cfg.Companies {
		keyed = keyed && lasting(one)
	}
	self, _ := e.w.self() // then entries are known by the program's usual name
	p := doctor.Programs{Clients: clients, Self: self, Keyed: keyed}
	if len(cfg.Companies) > 0 { // else it starts with no arguments, which is said already
		p.Starts = e.w.entryStarts
	}
	return p.Look()
}

// secrets are what a report must not hold.
func (e examination) secrets(cfg config.Config) []string {
	all := []string{e.w.env.Get("FISKL_API_KEY")}
	for _, one := range cfg.Companies {
		if !one.Sandbox {
			all = append(all, one.Key.Reveal())
		}
	}
	return all
}
