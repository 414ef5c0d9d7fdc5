#!/usr/bin/env python3
"""sbom.py --version VERSION: the packages that feedwatch is made of, from the lock files, as SPDX 2.3 in JSON on standard output."""
import argparse
import base64
import json
import pathlib
import subprocess
import sys
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD_ONLY = {"MinVer", "Microsoft.CodeAnalysis.BannedApiAnalyzers"}  # analysers and tasks: they are not in what is shipped


def packages():
    found = {}
    for project in ("FeedWatch", "FeedWatch.Chat", "FeedWatch.Contracts", "FeedWatch.Detection"):
        lock = json.loads((ROOT / "src" / project / "packages.lock.json").read_text())
        for framework, entries in lock["dependencies"].items():
            if not framework.startswith("net10.0"):
                continue
            for name, entry in entries.items():
                if entry["type"] != "Project" and name not in BUILD_ONLY:
                    found[name, entry["resolved"]] = entry["contentHash"]
    return sorted(found.items())


def spdx(version):
    committed = subprocess.run(["git", "-C", ROOT, "log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%dT%H:%M:%SZ"], capture_output=True, text=True, env={"TZ": "UTC", "PATH": "/usr/bin:/bin"})
    main = {"SPDXID": "SPDXRef-feedwatch", "name": "feedwatch", "versionInfo": version, "licenseDeclared": "MIT", "licenseConcluded": "MIT", "copyrightText": "NOASSERTION", "downloadLocation": "NOASSERTION", "filesAnalyzed": False}
    parts, relations = [main], [{"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-feedwatch"}]
    for (name, resolved), content_hash in packages():
        ref = f"SPDXRef-nuget-{name}-{resolved}"
        parts.append({
            "SPDXID": ref, "name": name, "versionInfo": resolved, "licenseDeclared": "NOASSERTION", "licenseConcluded": "NOASSERTION", "copyrightText": "NOASSERTION", "filesAnalyzed": False,
            "downloadLocation": f"https://api.nuget.org/v3-flatcontainer/{name.lower()}/{resolved}/{name.lower()}.{resolved}.nupkg",
            "checksums": [{"algorithm": "SHA512", "checksumValue": base64.b64decode(content_hash).hex()}],
            "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": f"pkg:nuget/{name}@{resolved}"}],
        })
        relations.append({"spdxElementId": "SPDXRef-feedwatch", "relationshipType": "DEPENDS_ON", "relatedSpdxElement": ref})
    return {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": f"feedwatch-{version}",
        "documentNamespace": f"https://feedwatch.org/spdx/{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(parts))}",
        "creationInfo": {"created": committed.stdout.strip() or "1970-01-01T00:00:00Z", "creators": ["Tool: feedwatch-sbom"]},
        "packages": parts, "relationships": relations,
    }


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--version", required=True)
    json.dump(spdx(arguments.parse_args().version), sys.stdout, indent=1)
    print()
