package install

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
)

// claudeDesktop has one file for each way in which it was installed. On
// Windows the package from the store, which its own download is too, sees a
// folder of its own where others see %APPDATA%. Which one the app reads cannot
// be told for certain from outside.
func (m Machine) claudeDesktop() []Place {
	const file = "claude_desktop_config.json"
	folders := []string{filepath.Join(m.appData(), "Claude")}
	if m.OS == "windows" {
		packaged, _ := filepath.Glob(filepath.Join(m.localAppData(), "Packages", "Claude_*")) // the pattern is a good one
		slices.Sort(packaged)
		for _, p := range slices.Backward(packaged) {
			folders = slices.Insert(folders, 0, filepath.Join(p, "LocalCache", "Roaming", "Claude"))
		}
	}
	places := make([]Place, 0, len(folders))
	for _, folder := range folders {
		places = append(places, Place{filepath.Join(folder, file), exists(folder)})
	}
	return places
}

// claudeCode has a file of an older version too, which counts if it is there.
func (m Machine) claudeCode() []Place {
	folder := cmp.Or(m.Env("CLAUDE_CONFIG_DIR"), filepath.Join(m.Home, ".claude"))
	file := filepath.Join(cmp.Or(m.Env("CLAUDE_CONFIG_DIR"), m.Home), ".claude.json")
	if old := filepath.Join(folder, ".config.json"); filled(old) {
		file = old
	}
	return []Place{{file, exists(file) || exists(folder)}}
}

func (m Machine) cursor() []Place {
	folder := filepath.Join(m.Home, ".cursor")
	return []Place{{filepath.Join(folder, "mcp.json"), exists(folder)}}
}

// vscode is the release and, where it is used, the edition of the next one.
func (m Machine) vscode() []Place {
	var places []Place
	for _, edition := range []string{"Code", "Code - Insiders"} {
		folder := filepath.Join(m.appData(), edition)
		places = append(places, Place{filepath.Join(folder, "User", "mcp.json"), exists(folder)})
	}
	return places
}

func (m Machine) codex() []Place {
	folder := cmp.Or(m.Env("CODEX_HOME"), filepath.Join(m.Home, ".codex"))
	return []Place{{filepath.Join(folder, "config.toml"), exists(folder)}}
}

func (m Machine) gemini() []Place {
	folder := filepath.Join(cmp.Or(m.Env("GEMINI_CLI_HOME"), m.Home), ".gemini")
	return []Place{{filepath.Join(folder, "settings.json"), exists(folder)}}
}

// appData is where desktop programs keep what belongs to the user.
func (m Machine) appData() string {
	switch m.OS {
	case "windows":
		return cmp.Or(m.Env("APPDATA"), filepath.Join(m.Home, "AppData", "Roaming"))
	case "darwin":
		return filepath.Join(m.Home, "Library", "Application Support")
	default:
		return cmp.Or(m.Env("XDG_CONFIG_HOME"), filepath.Join(m.Home, ".config"))
	}
}

func (m Machine) localAppData() string {
	return cmp.Or(m.Env("LOCALAPPDATA"), filepath.Join(m.Home, "AppData", "Local"))
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func filled(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Size() > 0
}
