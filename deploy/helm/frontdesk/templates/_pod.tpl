{{- define "frontdesk.labels" -}}
app.kubernetes.io/name: frontdesk
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .name }}
{{- end }}

{{- define "frontdesk.allLabels" -}}
{{ include "frontdesk.labels" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{- define "frontdesk.image" -}}
{{ printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) | quote }}
{{- end }}

{{/* What every container of Frontdesk is told. */}}
{{- define "frontdesk.env" -}}
- name: FRONTDESK_LISTEN__HOST
  value: "0.0.0.0"
- name: FRONTDESK_LISTEN__PORT
  value: "8080"
- name: FRONTDESK_STORAGE__PATH
  value: /var/lib/frontdesk
- name: FRONTDESK_LOGS__JSON
  value: "true"
- name: FRONTDESK_DATABASE__URL
  valueFrom: { secretKeyRef: { name: {{ .Values.secret }}, key: database-url } }
- name: FRONTDESK_BUS__SERVERS
  valueFrom: { secretKeyRef: { name: {{ .Values.secret }}, key: bus-servers } }
- name: FRONTDESK_BLOBS__ACCESS_KEY
  valueFrom: { secretKeyRef: { name: {{ .Values.secret }}, key: blobs-access-key } }
- name: FRONTDESK_BLOBS__SECRET_KEY
  valueFrom: { secretKeyRef: { name: {{ .Values.secret }}, key: blobs-secret-key } }
{{- range $name, $value := .Values.config }}
- name: FRONTDESK_{{ $name }}
  value: {{ $value | toString | quote }}
{{- end }}
{{- end }}

{{/* Nothing of a container can be written but its two folders in memory. */}}
{{- define "frontdesk.container" -}}
image: {{ include "frontdesk.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
volumeMounts:
  - { name: data, mountPath: /var/lib/frontdesk }
  - { name: tmp, mountPath: /tmp }
{{- end }}

{{- define "frontdesk.pod" -}}
automountServiceAccountToken: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: { type: RuntimeDefault }
volumes:
  - { name: data, emptyDir: {} }
  - { name: tmp, emptyDir: {} }
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
{{- range . }}
  - name: {{ . }}
{{- end }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
