package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/transparency-dev/formats/log"
	fnote "github.com/transparency-dev/formats/note"
	"github.com/transparency-dev/formats/proof"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// keys are whom to believe; witness is nil where the log has none.
type keys struct{ log, witness note.Verifier }

type head struct {
	Size int64
	Root tlog.Hash
}

type consistency struct {
	Older, Newer head
	Proof        tlog.TreeProof
}

func check(folder string) (string, error) {
	known, err := readKeys(folder)
	if err != nil {
		return "", err
	}
	size, err := checkTiles(filepath.Join(folder, "log"), known)
	if err != nil {
		return "", fmt.Errorf("the log: %w", err)
	}
	counts := []string{fmt.Sprintf("a log of %d", size)}
	kinds := []struct {
		name  string
		check func([]byte, keys) error
	}{{"inclusion", checkInclusion}, {"consistency", checkConsistency}, {"notes", checkNote}}
	for _, kind := range kinds {
		sound, err := each(filepath.Join(folder, kind.name), func(file []byte) error { return kind.check(file, known) })
		if err != nil {
			return "", err
		}
		broken, err := each(filepath.Join(folder, "broken", kind.name), func(file []byte) error {
			if kind.check(file, known) == nil {
				return fmt.Errorf("it was accepted")
			}
			return nil
		})
		if err != nil {
			return "", err
		}
		counts = append(counts, fmt.Sprintf("%d %s sound, %d broken", sound, kind.name, broken))
	}
	return "ok: " + strings.Join(counts, "; "), nil
}

// each fails where there is nothing to look at: a check of nothing is no check.
func each(folder string, look func([]byte) error) (int, error) {
	names, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(names) == 0 {
		return 0, fmt.Errorf("nothing lies in %s", folder)
	}
	for _, name := range names {
		file, err := os.ReadFile(name)
		if err == nil {
			err = look(file)
		}
		if err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
	}
	return len(names), nil
}

func readKeys(folder string) (keys, error) {
	logKey, err := os.ReadFile(filepath.Join(folder, "log.vkey"))
	if err != nil {
		return keys{}, err
	}
	logVerifier, err := note.NewVerifier(strings.TrimSpace(string(logKey)))
	if err != nil {
		return keys{}, fmt.Errorf("the log's key: %w", err)
	}
	witnessKey, err := os.ReadFile(filepath.Join(folder, "witness.vkey"))
	if os.IsNotExist(err) {
		return keys{logVerifier, nil}, nil
	}
	if err != nil {
		return keys{}, err
	}
	witness, err := fnote.NewVerifierForCosignatureV1(strings.TrimSpace(string(witnessKey)))
	if err != nil {
		return keys{}, fmt.Errorf("the witness's key: %w", err)
	}
	return keys{logVerifier, witness}, nil
}

func openCheckpoint(file []byte, known keys) (head, error) {
	var witnesses []note.Verifier
	if known.witness != nil {
		witnesses = append(witnesses, known.witness)
	}
	checkpoint, _, opened, err := log.ParseCheckpoint(file, known.log.Name(), known.log, witnesses...)
	if err != nil {
		return head{}, err
	}
	if expected := 1 + len(witnesses); len(opened.Sigs) != expected {
		return head{}, fmt.Errorf("%d of %d signatures are known", len(opened.Sigs), expected)
	}
	var root tlog.Hash
	if copy(root[:], checkpoint.Hash) != len(root) {
		return head{}, fmt.Errorf("a root of %d bytes", len(checkpoint.Hash))
	}
	return head{int64(checkpoint.Size), root}, nil
}

func checkNote(file []byte, known keys) error {
	_, err := openCheckpoint(file, known)
	return err
}

// The entry itself lies in the extra data.
func checkInclusion(file []byte, known keys) error {
	var bundle proof.TLogProof
	if err := bundle.Unmarshal(file); err != nil {
		return err
	}
	signed, err := openCheckpoint(bundle.Checkpoint, known)
	if err != nil {
		return err
	}
	hashes := make(tlog.RecordProof, len(bundle.Hashes))
	for i, hash := range bundle.Hashes {
		hashes[i] = tlog.Hash(hash)
	}
	return tlog.CheckRecord(hashes, signed.Size, signed.Root, int64(bundle.Index), tlog.RecordHash(bundle.ExtraData))
}

func checkConsistency(file []byte, _ keys) error {
	var said consistency
	if err := json.Unmarshal(file, &said); err != nil {
		return err
	}
	return tlog.CheckTree(said.Proof, said.Newer.Size, said.Newer.Root, said.Older.Size, said.Older.Root)
}
