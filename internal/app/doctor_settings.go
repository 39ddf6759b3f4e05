package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/doctor"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// settings checks everything that was set. It fails when the program would not
// start with that.
func (e examination) settings() ([]doctor.Finding, config.Config, error) {
	s, err := config.Consult(e.w.outside(), e.given)
	if err != nil {
		return []doctor.Finding{wrongSettings(err)}, config.Config{}, err
	}
	cfg, err := config.Read(e.w.outside(), e.given)
	if err != nil {
		return []doctor.Finding{e.changed(s, nil), wrongSettings(err)}, config.Config{}, err
	}
	findings := []doctor.Finding{e.changed(s, cfg.Companies), e.file(s)}
	findings = append(findings, e.state(cfg))
	return append(findings, persons(cfg)...), cfg, nil
}

// persons says that programs which cannot ask a person may only read, where
// that is set.
func persons(cfg config.Config) []doctor.Finding {
	if !slices.ContainsFunc(cfg.Companies, func(c config.Company) bool { return c.Confirm == tools.ConfirmPerson }) {
		return nil
	}
	return []doctor.Finding{{
		Check: "confirmation", Verdict: doctor.OK,
		Says: "Nothing is changed without a person's own answer (FISKL_CONFIRM=person). A client program that cannot ask one, for lack of MCP elicitation, can only read.",
	}}
}

func wrongSettings(err error) doctor.Finding {
	return doctor.Finding{
		Check: "settings", Verdict: doctor.Problem, Says: "The program does not start: " + strings.TrimSuffix(err.Error(), ".") + ".",
		Do: "Correct this first; the rest can be looked at then. fiskl-mcp --help lists all settings.",
	}
}

// changed lists what is not at its default, and who set it.
func (examination) changed(s config.Sources, companies []config.Company) doctor.Finding {
	f := doctor.Finding{Check: "settings", Verdict: doctor.OK, Details: s.Changed(companies)}
	switch n := len(f.Details); n {
	case 0:
		f.Says = "All are at their defaults."
	case 1:
		f.Says = "One is not at its default."
	default:
		f.Says = fmt.Sprintf("%d are not at their defaults.", n)
	}
	return f
}

// file tells of the settings file.
func (e examination) file(s config.Sources) doctor.Finding {
	f := doctor.Finding{Check: "settings file", Verdict: doctor.OK}
	switch path, companies := s.SettingsFile(); {
	case companies != "":
		f.Says = fmt.Sprintf("%s is read; it has the companies %s.", path, companies)
	case path != "":
		f.Says = path + " is read."
	case e.w.outside().UsualFile() != "":
		f.Says = "There is none; it would be " + e.w.outside().UsualFile() + "."
	default:
		f.Says = "There is none, nor a folder for it."
	}
	return f
}

// state checks that what must not be lost can be kept. Without that nothing is
// written to Fiskl; reading goes on.
func (e examination) state(cfg config.Config) doctor.Finding {
	f := doctor.Finding{Check: "state folder", Verdict: doctor.OK}
	writes := slices.ContainsFunc(cfg.Companies, func(c config.Company) bool { return !c.Sandbox && !c.ReadOnly && !c.DryRun })
	problem := doctor.Note
	if writes {
		problem = doctor.Problem
	}
	folder := cfg.StateDir
	if folder == "" {
		f.Verdict, f.Says = problem, "There is none for the journal of changes, and nothing is changed in Fiskl without one."
		f.Do = "Set FISKL_STATE_DIR to the full path of a folder of yours."
		return f
	}
	f.Says = folder + " can be written."
	if info, err := os.Stat(folder); err == nil && info.IsDir() && secret.Exposed(folder, info, "") && info.Mode().Perm()&0o022 != 0 {
		f.Verdict, f.Says = problem, fmt.Sprintf("%s can be changed by others (mode %04o).", folder, info.Mode().Perm())
		f.Do = "Run: chmod 700 " + folder
		return f
	}
	if err := writable(folder); err != nil {
		f.Verdict, f.Says = problem, fmt.Sprintf("%s cannot be written, and nothing is changed in Fiskl without a journal: %v.", folder, err)
		f.Do = "Let this user write there, or set FISKL_STATE_DIR to another folder."
	}
	return f
}

// writable tries to write in a folder or, where there is none yet, in the one
// that it would be made in.
func writable(folder string) error {
	for {
		info, err := os.Stat(folder)
		if err == nil && !info.IsDir() {
			return errors.New(folder + " is not a folder")
		}
		if err == nil {
			break
		}
		if parent := filepath.Dir(folder); !errors.Is(err, fs.ErrNotExist) || parent == folder {
			return err
		}
		folder = filepath.Dir(folder)
	}
	probe, err := os.CreateTemp(folder, "fiskl-mcp-doctor-*")
	if err != nil {
		return err
	}
	return errors.Join(probe.Close(), os.Remove(probe.Name()))
}
