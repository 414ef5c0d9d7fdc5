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

    [Fact]
    public async Task The_lines_of_its_readme_put_the_example_together_with_the_secrets_in_it()
    {
        var typed = (await File.ReadAllLinesAsync(Path.Combine(DeployFolder.Path, "kubernetes", "README.md"), TestContext.Current.CancellationToken)).Where(l => l.StartsWith("    ", StringComparison.Ordinal)).Select(l => l.Trim()).ToList();
        var copy = Directory.CreateTempSubdirectory("feedwatch-kubernetes-");
        try
        {
            var apply = Assert.Single(typed, l => l.StartsWith("kubectl apply", StringComparison.Ordinal)); // needs a cluster
            var output = await RunAsync("sh", "-ec", $"mkdir -p '{copy}/deploy'; cp -r '{DeployFolder.Path}/kubernetes' '{copy}/deploy'; cd '{copy}'; {string.Join('\n', typed.Where(l => l != apply))}");

            var objects = KubernetesYaml.LoadAllFromString(output, strict: true);
            var secret = Assert.Single(objects.OfType<V1Secret>());
            Assert.Equal(["database", "rabbitmq-password"], secret.Data.Keys.Order());
            Assert.All(objects.OfType<V1Deployment>(), d =>
            {
                Assert.Equal("feedwatch", d.Metadata.NamespaceProperty);
                Assert.Contains(d.Spec.Template.Spec.Volumes, v => v.Secret?.SecretName == secret.Metadata.Name);
                Assert.Contains(d.Spec.Template.Spec.Volumes, v => v.ConfigMap is { } map && objects.OfType<V1ConfigMap>().Any(c => c.Metadata.Name == map.Name));
            });
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private static Task<string> KustomizeAsync(string folder) => RunAsync("kubectl", "kustomize", Path.Combine(DeployFolder.Path, "kubernetes", folder));

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("The lines are typed into sh.");
        try
        {
            using var kubectl = Process.Start(new ProcessStartInfo("kubectl", ["version", "--client"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            await kubectl.WaitForExitAsync();
            using var run = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (output, error) = (run.StandardOutput.ReadToEndAsync(), run.StandardError.ReadToEndAsync());
            await run.WaitForExitAsync();
            Assert.True(run.ExitCode == 0, await error);
            return await output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("kubectl is not installed.");
            return "";
        }
    }
}
