using System.Diagnostics;
using k8s;
using k8s.Models;

namespace FeedWatch.EndToEnd.Deploying;

/// <summary>The manifests, read by a reader that knows every field and refuses one that is misspelt.</summary>
public sealed class KubernetesTests
{
    [Fact]
    public void Every_manifest_has_only_fields_that_exist()
    {
        var manifests = DeployFolder.Files("kubernetes", ".yaml").Where(f => Path.GetFileName(f) != "kustomization.yaml").ToList();

        Assert.True(manifests.Count >= 6);
        Assert.All(manifests, file => Assert.NotEmpty(KubernetesYaml.LoadAllFromString(File.ReadAllText(file), strict: true)));
    }

    [Fact]
    public async Task Put_together_they_select_each_other_and_run_with_no_rights()
    {
        var objects = KubernetesYaml.LoadAllFromString(await KustomizeAsync("base"), strict: true);

        foreach (var deployment in objects.OfType<V1Deployment>())
        {
            var (labels, pod) = (deployment.Spec.Template.Metadata.Labels, deployment.Spec.Template.Spec);
            var container = Assert.Single(pod.Containers);
            Assert.All(deployment.Spec.Selector.MatchLabels, l => Assert.Equal(l.Value, labels[l.Key]));
            Assert.Contains(objects.OfType<V1PodDisruptionBudget>(), b => b.Spec.Selector.MatchLabels.All(l => labels.TryGetValue(l.Key, out var value) && value == l.Value));
            Assert.Contains(objects.OfType<V1NetworkPolicy>(), n => n.Spec.PodSelector.MatchLabels.All(l => labels.TryGetValue(l.Key, out var value) && value == l.Value));
            Assert.Equal("/health/live", container.LivenessProbe.HttpGet.Path);
            Assert.Equal("/health/ready", container.ReadinessProbe.HttpGet.Path);
            Assert.Contains(container.Ports, p => p.Name == container.LivenessProbe.HttpGet.Port.Value);
            Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
            Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
            Assert.True(pod.SecurityContext.RunAsNonRoot);
            Assert.NotNull(container.Resources.Limits["memory"]);
            Assert.All(container.VolumeMounts, m => Assert.Contains(pod.Volumes, v => v.Name == m.Name));
        }

        Assert.Equal(2, objects.OfType<V1Deployment>().Count());
    }

    private static async Task<string> KustomizeAsync(string folder)
    {
        try
        {
            using var kubectl = Process.Start(new ProcessStartInfo("kubectl", ["kustomize", Path.Combine(DeployFolder.Path, "kubernetes", folder)]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (output, error) = (kubectl.StandardOutput.ReadToEndAsync(), kubectl.StandardError.ReadToEndAsync());
            await kubectl.WaitForExitAsync();
            Assert.True(kubectl.ExitCode == 0, await error);
            return await output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("kubectl is not installed.");
            return "";
        }
    }
}
