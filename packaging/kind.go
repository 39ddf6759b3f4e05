package main

import (
	"debug/elf"
	"debug/macho"
	"debug/pe"
	"fmt"
)

// kind tells for what system and processor a program is, by its content.
func kind(path string) (string, error) {
	if f, err := elf.Open(path); err == nil {
		defer func() { _ = f.Close() }() // nothing was written
		return named("linux", map[any]string{elf.EM_X86_64: "amd64", elf.EM_AARCH64: "arm64"}, f.Machine)
	}
	if f, err := macho.OpenFat(path); err == nil {
		defer func() { _ = f.Close() }() // nothing was written
		if len(f.Arches) != 2 {
			return "", fmt.Errorf("%s is for %d processors", path, len(f.Arches))
		}
		return "darwin/all", nil
	}
	if f, err := macho.Open(path); err == nil {
		defer func() { _ = f.Close() }() // nothing was written
		return named("darwin", map[any]string{macho.CpuAmd64: "amd64", macho.CpuArm64: "arm64"}, f.Cpu)
	}
	f, err := pe.Open(path)
	if err != nil {
		return "", fmt.Errorf("%s is a program for no system", path)
	}
	defer func() { _ = f.Close() }() // nothing was written
	return named("windows", map[any]string{uint16(pe.IMAGE_FILE_MACHINE_AMD64): "amd64", uint16(pe.IMAGE_FILE_MACHINE_ARM64): "arm64"}, f.Machine)
}

func named(system string, processors map[any]string, machine any) (string, error) {
	arch, ok := processors[machine]
	if !ok {
		return "", fmt.Errorf("a program for %s and the processor %v", system, machine)
	}
	return system + "/" + arch, nil
}
