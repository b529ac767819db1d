package main

import (
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"

	"github.com/transparency-dev/formats/log"
	fnote "github.com/transparency-dev/formats/note"
	"github.com/transparency-dev/formats/proof"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	origin  = "example.com/written-in-go"
	entries = 300
)

type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		found[i] = h[index]
	}
	return found, nil
}

// write makes a log of its own, and proofs of its entries at several sizes, cosigned.
func write(folder string) (string, error) {
	logSecret, logKey, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return "", err
	}
	witnessSecret, witnessPlain, err := note.GenerateKey(rand.Reader, "witness.example/go")
	if err != nil {
		return "", err
	}
	witnessKey, err := fnote.VKeyToCosignatureV1(witnessPlain)
	if err != nil {
		return "", err
	}
	signer, err := note.NewSigner(logSecret)
	if err != nil {
		return "", err
	}
	witness, err := fnote.NewSignerForCosignatureV1(witnessSecret)
	if err != nil {
		return "", err
	}
	files := map[string][]byte{"log.vkey": []byte(logKey), "witness.vkey": []byte(witnessKey), "log.key": []byte(logSecret)}
	var stored hashes
	for n := int64(0); n < entries; n++ {
		entry := fmt.Appendf(nil, "entry %d", n)
		added, err := tlog.StoredHashes(n, entry, stored)
		if err != nil {
			return "", err
		}
		stored = append(stored, added...)
		file, err := prove(n, n+1, entry, stored, signer, witness)
		if err != nil {
			return "", err
		}
		files[fmt.Sprintf("newest-%d.tlog-proof", n)] = file
	}
	for n := int64(0); n < entries; n += 7 {
		file, err := prove(n, entries, fmt.Appendf(nil, "entry %d", n), stored, signer, witness)
		if err != nil {
			return "", err
		}
		files[fmt.Sprintf("old-%d.tlog-proof", n)] = file
	}
	for name, file := range files {
		if err := os.WriteFile(filepath.Join(folder, name), file, 0o600); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("wrote %d files", len(files)), nil
}

func prove(index, size int64, entry []byte, stored hashes, signers ...note.Signer) ([]byte, error) {
	root, err := tlog.TreeHash(size, stored)
	if err != nil {
		return nil, err
	}
	path, err := tlog.ProveRecord(size, index, stored)
	if err != nil {
		return nil, err
	}
	text := log.Checkpoint{Origin: origin, Size: uint64(size), Hash: root[:]}.Marshal()
	checkpoint, err := note.Sign(&note.Note{Text: string(text)}, signers...)
	if err != nil {
		return nil, err
	}
	bundle := proof.TLogProof{Index: uint64(index), Checkpoint: checkpoint, ExtraData: entry}
	for _, hash := range path {
		bundle.Hashes = append(bundle.Hashes, hash)
	}
	return bundle.Marshal(), nil
}
