<#
.SYNOPSIS
Removes the services of FeedWatch and its program. Settings and what it remembers stay, unless -Purge is given.

.PARAMETER Target
Where the program is.

.PARAMETER Data
Where settings and data are.

.PARAMETER Purge
Removes settings, data and logs too, for good.

.EXAMPLE
.\uninstall-service.ps1 -Purge
#>

#Requires -Version 5.1
#Requires -RunAsAdministrator

[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'Medium')]
param(
    [string] $Target = (Join-Path $env:ProgramFiles 'FeedWatch'),
    [string] $Data = (Join-Path $env:ProgramData 'FeedWatch'),
    [switch] $Purge
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

foreach ($name in 'FeedWatch', 'FeedWatchBot') {
    $service = Get-Service -Name $name -ErrorAction SilentlyContinue
    if ($service -and $PSCmdlet.ShouldProcess($name, 'Remove the service')) {
        if ($service.Status -ne 'Stopped') {
            Stop-Service -Name $name -Force
            $service.WaitForStatus('Stopped', [TimeSpan]::FromSeconds(30))
        }

        # Remove-Service is not there before PowerShell 6.
        & sc.exe delete $name | Out-Null
        if ($LASTEXITCODE -ne 0) { throw "sc.exe delete $name failed with code $LASTEXITCODE." }
    }
}

if ([Diagnostics.EventLog]::SourceExists('FeedWatch') -and $PSCmdlet.ShouldProcess('FeedWatch', 'Remove the source of the event log')) {
    [Diagnostics.EventLog]::DeleteEventSource('FeedWatch')
}

$folders = @($Target)
if ($Purge) { $folders += $Data }
foreach ($folder in $folders) {
    if ((Test-Path -LiteralPath $folder) -and $PSCmdlet.ShouldProcess($folder, 'Delete the folder')) {
        Remove-Item -LiteralPath $folder -Recurse -Force
    }
}

if (-not $Purge -and (Test-Path -LiteralPath $Data)) { Write-Output "Settings and data stay in $Data; -Purge deletes them." }
