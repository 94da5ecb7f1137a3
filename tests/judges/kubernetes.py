"""Holds the manifest of docs/scale.md against the schema of Kubernetes. needs: pip install kubernetes-validate pyyaml"""
import pathlib, sys
import kubernetes_validate, yaml

file = pathlib.Path(__file__).resolve().parents[2] / "packaging/kubernetes/briefings.yaml"
for document in yaml.safe_load_all(file.read_text()):
    version = kubernetes_validate.validate(document, kubernetes_validate.latest_version(), strict=True)
    assert document["spec"]["completions"] == int(document["spec"]["template"]["spec"]["containers"][0]["env"][0]["value"])
print(f"{file.name}: valid for Kubernetes {version or kubernetes_validate.latest_version()}")
