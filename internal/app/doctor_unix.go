//go:build unix

package app

import (
	"syscall"

	"github.com/stele-isms/stele/internal/fault"
)

// room tells whether the disk of a folder has room for some time.
func room(folder string) error {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(folder, &disk); err != nil {
		return err
	}
	if free := disk.Bavail * uint64(disk.Bsize); free < enough {
		return fault.New(fault.Internal, "the disk has %d MB left; make room on it before it is full", free>>20)
	}
	return nil
}
